import type { Actor } from '#src/domain/actor.ts';
import { INTENT_EFFECTS, type Intent, NO_SLOTS, type Slots, type Understanding } from '#src/domain/understanding.ts';
import { createFreshFacts } from '#src/usecases/fresh-facts.ts';
import { createRoleShelf } from '#src/usecases/role-shelf.ts';
import type { Deps, Session } from '#src/usecases/session.ts';
import { ACCOUNT, idOf } from './account.ts';
import { FakeAccount } from './fake-directory.ts';
import { FakePartners } from './fake-partners.ts';
import { FakeStore } from './fake-store.ts';

const WORKSPACE = 'T0COBALT';
/** Monday, 2026-11-23 09:00 in Denver. */
export const START = Date.UTC(2026, 10, 23, 16);

/** The whole house on fakes: account, store, clock and ids, ready to ask. */
export class House {
  readonly account = new FakeAccount();
  readonly time = { at: START };
  readonly clock = { now: () => this.time.at };
  readonly store = new FakeStore(this.clock);
  readonly partners = new FakePartners();
  readonly logged: { level: string; message: string; data: unknown }[] = [];
  readonly pauses: number[] = [];
  readonly deps: Deps;
  #ids = 0;

  constructor() {
    this.account.namesReadAt = START;
    const log = (level: string) => (message: string, data?: unknown) => void this.logged.push({ level, message, data });
    this.deps = {
      directories: this.account.directories(),
      names: this.account.index(this.clock),
      store: this.store,
      clock: this.clock,
      ids: { opaque: () => `id${String(++this.#ids).padStart(6, '0')}`, reference: () => `R${++this.#ids}` },
      log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
      zone: 'America/Denver',
      pause: async (ms) => {
        this.pauses.push(ms);
        await new Promise((resolve) => setImmediate(resolve));
      },
      carrierx: { partners: this.partners, administrators: ['101', '104'] },
    };
  }

  /** Links a Slack member to an extension. */
  link(number: string, member = `U${number}`): Actor {
    this.store.linked.set(`${WORKSPACE}/${member}`, {
      platform: 'slack',
      workspace: WORKSPACE,
      member,
      account: ACCOUNT.id,
      extension: idOf(number),
      proof: 'sandbox',
      linkedAt: START,
    });
    return slackActor(member);
  }

  /** One turn of one person, past words and doors. */
  async session(number: string): Promise<Session> {
    const person = this.account.person(number);
    const own = await this.deps.directories.as(person.id);
    return {
      deps: this.deps,
      asker: { person, own, proof: 'sandbox' },
      names: await this.deps.names.current(),
      facts: createFreshFacts(this.deps.directories, this.clock.now(), own),
      shelf: createRoleShelf(this.deps.directories.service, this.clock),
      reference: this.deps.ids.reference(),
      thread: 'T',
    };
  }
}

/** A member in good standing. */
export function slackActor(member: string): Extract<Actor, { platform: 'slack' }> {
  const standing = {
    home: true,
    deleted: false,
    bot: false,
    guest: false,
    stranger: false,
    emailConfirmed: true,
    displayName: member,
  };
  return { platform: 'slack', workspace: WORKSPACE, member, standing };
}

/** What was understood, without the words. */
export function understood(intent: Intent, slots: Partial<Slots & Understanding> = {}): Understanding {
  return {
    ...NO_SLOTS,
    text: intent,
    outcome: 'understood',
    intent,
    effect: INTENT_EFFECTS[intent],
    dryRun: false,
    also: [],
    ask: null,
    suggestions: [],
    readings: [],
    ...slots,
  };
}
