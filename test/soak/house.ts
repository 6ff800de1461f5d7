import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { openStore } from '#src/adapters/store/open-store.ts';
import { accountId } from '#src/domain/ids.ts';
import type { Store } from '#src/usecases/ports.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { onServer } from '#test/adapters/store/postgres.ts';
import type { Sandboxes } from '#test/process/live.ts';
import { liveEnvironment } from '#test/process/live-environment.ts';
import { control } from '#test/process/outside.ts';
import { Running } from './running.ts';

export type Engine = 'SQLite' | 'PostgreSQL';

type Schema = { readonly server: string; readonly name: string };

const ENTRY = fileURLToPath(new URL('../../bin/rolecall.mjs', import.meta.url));
const SANDBOX = fileURLToPath(new URL('./sandbox.ts', import.meta.url));
const READY = 'Rolecall is ready for Cobalt Lane Clinics.';
/** What an instance held when it was cut off runs out within this time. */
const OUTAGE_MS = 300_000;

const SOON_MS = 30_000;
/** A look for drift is always due some day, and whoever is in no chat is tried to be told for hours. */
const OPEN = `
  select 'intent' as what, id, extension as state from intent where settled_at is null
  union all select kind, id, state from stored_record
    where (kind = 'role-change' and state = 'open') or (kind = 'bulk' and state <> 'done')
  union all select 'due', id, coalesce(last_error, '') from due
    where done_at is null and kind not in ('grant-sweep', 'notice') and due_at < $now`;

/** RingCentral and Slack in one process, one store, and the service over them that is killed and started again. */
export class House {
  readonly engine: Engine;
  readonly ringcentral: string;
  readonly slack: string;
  readonly #sandbox: Running;
  readonly #env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #schema: Schema | null;
  #service: Running | null = null;
  readonly #all: Running[] = [];

  private constructor(
    engine: Engine,
    parts: { sandbox: Running; sandboxes: Sandboxes; folder: string; schema: Schema | null },
  ) {
    this.engine = engine;
    this.ringcentral = parts.sandboxes.ringcentral.controlUrl;
    this.slack = parts.sandboxes.slack.controlUrl;
    this.#sandbox = parts.sandbox;
    this.#folder = parts.folder;
    this.#schema = parts.schema;
    this.#env = {
      ...liveEnvironment(parts.sandboxes, join(parts.folder, 'data'), randomBytes(32)),
      TMPDIR: parts.folder,
      LOG_LEVEL: 'warn',
      ...(parts.schema === null ? {} : { DATABASE_URL: addressIn(parts.schema) }),
    };
  }

  /** @param server - address of a PostgreSQL server, for its engine */
  static async open(engine: Engine, server: string | null): Promise<House> {
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-soak-'));
    const sandbox = new Running(SANDBOX, [], { TMPDIR: folder });
    const sandboxes = JSON.parse(await sandbox.firstLine()) as Sandboxes;
    const schema = engine === 'SQLite' ? null : { server: server ?? '', name: `s_${randomBytes(8).toString('hex')}` };
    if (schema !== null) await onServer(schema.server, `create schema ${schema.name}`);
    const house = new House(engine, { sandbox, sandboxes, folder, schema });
    const { accountId: account } = await control<{ accountId: unknown }>(`${house.ringcentral}/state?limit=1`);
    await house.inStore((store) => plantIdentities(sandboxes, accountId(String(account)), store));
    return house;
  }

  /** Starts the service, or one more of them beside those that run. */
  async start(): Promise<Running> {
    const service = new Running(ENTRY, ['start'], this.#env);
    this.#service = service;
    this.#all.push(service);
    const line = await service.firstLine();
    if (line !== READY) throw new Error(`the service said: ${line}`);
    return service;
  }

  /** Ends the one that was started last. */
  async kill(): Promise<void> {
    await this.#service?.kill();
  }

  /** What the service of this life has logged. */
  get log(): string {
    return this.#service?.errors ?? '';
  }

  /** Runs a command beside the service. */
  command(args: readonly string[]): Running {
    return new Running(ENTRY, args, this.#env);
  }

  /** Works on the store beside the service, as a short command does. */
  async inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openStore({
      databaseUrl: this.#env.DATABASE_URL ?? null,
      directory: this.#env.ROLECALL_DATA_DIR ?? null,
      encryptionKey: Buffer.from(this.#env.ROLECALL_ENCRYPTION_KEY ?? '', 'base64'),
      exclusive: false,
      clock: { now: () => Date.now() },
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  /** Makes an outage look longer than it was: what the dead process held has run out, what it called has arrived. */
  async letTimePass(): Promise<void> {
    await this.#sql('update extension_lease set until = 0');
    await this.#sql('update due set next_at = due_at, lease_by = null where lease_by is not null and done_at is null');
    await this.#sql(`update intent set created_at = created_at - ${OUTAGE_MS} where settled_at is null`);
  }

  /** Makes what is held for a time end so much earlier. Only while no service writes of it, which could undo that. */
  async bringEndsForward(byMs: number): Promise<void> {
    const ledgers = await this.#sql("select id, body from stored_record where kind = 'grants' and state = 'open'");
    for (const { id, body } of ledgers as readonly { readonly id: string; readonly body: string }[]) {
      const moved = JSON.stringify(JSON.parse(body), (_, value) => (isInstant(value) ? value - byMs : value));
      const text = moved.replaceAll("'", "''");
      await this.#sql(
        `update stored_record set body = '${text}', ends_at = ends_at - ${byMs} where kind = 'grants' and id = '${id}'`,
      );
    }
    await this.#sql(
      `update due set due_at = due_at - ${byMs}, next_at = next_at - ${byMs}
       where kind in ('grant-end', 'grant-step') and done_at is null`,
    );
  }

  /** What waits for an outcome or is due soon; empty where nothing is. */
  async open(): Promise<string> {
    const rows = await this.#sql(OPEN.replace('$now', String(Date.now() + SOON_MS)));
    return rows.map((row) => Object.values(row).join(' ')).join(', ');
  }

  async #sql(text: string): Promise<readonly object[]> {
    if (this.#schema !== null) return onServer(addressIn(this.#schema), text);
    const database = new DatabaseSync(join(this.#env.ROLECALL_DATA_DIR ?? '', DATABASE_FILE));
    try {
      database.exec('pragma busy_timeout = 5000');
      return database.prepare(text).all();
    } finally {
      database.close();
    }
  }

  /** Null when the trail is whole, or what is wrong with it. */
  async chainProblem(): Promise<string | null> {
    const { code, out, err } = await this.command(['audit', 'verify']).outcome();
    return code === 0 ? null : `${out}${err}`;
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((service) => service.stop()));
    await this.#sandbox.stop();
    if (this.#schema !== null) await onServer(this.#schema.server, `drop schema ${this.#schema.name} cascade`);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function addressIn({ server, name }: Schema): string {
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${name}`);
  return url.href;
}

/** Instants are the only numbers of this size that are kept. */
function isInstant(value: unknown): value is number {
  return typeof value === 'number' && value > 1e12;
}
