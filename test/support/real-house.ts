import { randomBytes } from 'node:crypto';
import { type RingCentralSandbox, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { createDirectories, type RingCentralDirectories } from '#src/adapters/ringcentral-directory/index.ts';
import { openStore } from '#src/adapters/store/open-store.ts';
import { type Conversation, conversationWith } from '#src/conversation/conversation.ts';
import { extensionId } from '#src/domain/ids.ts';
import type { Turn } from '#src/domain/reply.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import type { Store } from '#src/usecases/ports.ts';
import { createRoleShelf, type RoleShelf } from '#src/usecases/role-shelf.ts';
import type { Deps } from '#src/usecases/session.ts';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const CLOCK = { now: () => Date.now() };

/** The house on real parts: the RingCentral sandbox over HTTP, the SDK's adapter, and the store on disk. */
export class RealHouse {
  readonly sandbox: RingCentralSandbox;
  readonly store: Store;
  readonly directories: RingCentralDirectories;
  readonly deps: Deps;
  readonly shelf: RoleShelf;
  readonly conversation: Conversation;
  #said: Understanding | null = null;
  #ids = 0;

  constructor(sandbox: RingCentralSandbox, store: Store, directories: RingCentralDirectories) {
    this.sandbox = sandbox;
    this.store = store;
    this.directories = directories;
    this.deps = {
      directories,
      names: directories.names,
      store,
      clock: CLOCK,
      ids: { opaque: () => randomBytes(16).toString('base64url'), reference: () => `R${++this.#ids}` },
      log: SILENT,
      zone: 'America/Denver',
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    };
    this.shelf = createRoleShelf(directories.service, CLOCK);
    this.conversation = conversationWith(
      { ...this.deps, shelf: this.shelf },
      { buildVocabulary: () => null, understand: () => this.#heard(), mentionsIn: () => [] },
    );
  }

  static async open(): Promise<RealHouse> {
    const sandbox = await startRingCentralSandbox({ rateLimits: false });
    const store = await openStore({
      directory: null,
      encryptionKey: randomBytes(32),
      exclusive: false,
      clock: CLOCK,
      log: SILENT,
    });
    const { serverUrl, clientId, clientSecret, jwt } = sandbox;
    const directories = createDirectories({
      serverUrl,
      clientId,
      clientSecret,
      jwt,
      tokenVault: store.tokens,
      log: SILENT,
      clock: CLOCK,
      retries: { delaysMs: [], withinMs: 0 },
      patience: { timeoutMs: 1_500 },
    });
    const house = new RealHouse(sandbox, store, directories);
    await house.#plantTokens();
    return house;
  }

  async #plantTokens(): Promise<void> {
    for (const { ext, extensionId: id } of this.sandbox.people) {
      const grant = this.sandbox.grants[ext];
      if (grant === undefined) continue;
      const { accessToken, refreshToken, scope } = grant;
      const expiresAt = Date.now() + grant.expiresInSeconds * 1000;
      const refreshExpiresAt = Date.now() + grant.refreshExpiresInSeconds * 1000;
      await this.store.tokens.save(extensionId(id), { accessToken, refreshToken, expiresAt, refreshExpiresAt, scope });
    }
  }

  #heard(): Understanding {
    if (this.#said === null) throw new Error('nothing was said');
    return this.#said;
  }

  /** What was understood, said by the extension at the terminal. */
  say(extensionNumber: string, understanding: Understanding): Promise<Turn> {
    this.#said = understanding;
    return this.conversation.say({ actor: { platform: 'terminal', extensionNumber }, text: 'said', thread: 'T' });
  }

  /** Confirms what a turn shows. */
  confirm(extensionNumber: string, { reply }: Turn): Promise<Turn> {
    if (reply.saying.kind !== 'change-preview' && reply.saying.kind !== 'role-preview') {
      throw new Error(`no preview but ${JSON.stringify(reply.saying)}`);
    }
    const actor = { platform: 'terminal', extensionNumber } as const;
    return this.conversation.press({ actor, button: reply.saying.confirm, thread: 'T' });
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.sandbox.controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`control ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  /** What the account shows, past the assistant. */
  async rolesOf(number: string): Promise<readonly string[]> {
    const state = (await this.control('GET', `/state?q=${number}&limit=50`)) as {
      people: { ext: string; roles: { displayName: string }[] }[];
    };
    const person = state.people.find(({ ext }) => ext === number);
    return (person?.roles ?? []).map((role) => role.displayName);
  }

  async close(): Promise<void> {
    await this.directories.close();
    await this.store.close();
    await this.sandbox.close();
  }
}
