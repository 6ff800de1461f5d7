import type { GrantEvent } from '#src/domain/grant-event.ts';
import type { Button, Reply, Saying } from '#src/domain/reply.ts';
import type { Intent, Understanding } from '#src/domain/understanding.ts';
import type { BackgroundDeps } from '#src/usecases/background.ts';
import { confirmChange } from '#src/usecases/confirm-change.ts';
import { endGrant } from '#src/usecases/end-grant.ts';
import { extendGrant } from '#src/usecases/extend-grant.ts';
import { confirmGrant, pressGrant } from '#src/usecases/grant-questions.ts';
import { grantLanes } from '#src/usecases/keep-grants.ts';
import { loadLedger } from '#src/usecases/ledgers.ts';
import { planChange } from '#src/usecases/plan-change.ts';
import { takeDue } from '#src/usecases/run-due.ts';
import type { Answer } from '#src/usecases/session.ts';
import { idOf } from './account.ts';
import { House, understood } from './house.ts';

type Told = { readonly to: string; readonly reply: Reply };
type Time = { for?: string; until?: string; from?: string };

/** A saying of one kind, or an error that shows what was said instead. */
export function sayingOf<Kind extends Saying['kind']>({ saying }: Answer, kind: Kind): Extract<Saying, { kind: Kind }> {
  if (saying.kind !== kind) throw new Error(`not ${kind} but ${JSON.stringify(saying)}`);
  return saying as Extract<Saying, { kind: Kind }>;
}

/** The slots of a time. */
export function time({ for: lasting = undefined, until, from }: Time): Understanding['time'] {
  return { for: lasting ?? null, until: until ?? null, from: from ?? null };
}

/** A house in which time passes and what is due is done. */
export class TimedHouse extends House {
  readonly told: Told[] = [];
  /** Nobody listens while this is set. */
  deaf = false;
  readonly background: BackgroundDeps;

  constructor() {
    super();
    const hear = async (to: string, reply: Reply) => {
      if (this.deaf) return false;
      this.told.push({ to, reply });
      return true;
    };
    this.background = {
      ...this.deps,
      shelf: undefined as never,
      teller: { tell: hear, announce: (reply) => hear('channel', reply) },
    };
  }

  async open(): Promise<this> {
    const { shelf } = await this.session('104');
    Object.assign(this.background, { shelf });
    return this;
  }

  /** Does what is due now, and what becomes due of it now, as the running service would. */
  async runDue(): Promise<void> {
    const lanes = grantLanes(this.background);
    for (let rounds = 0; rounds < 50; rounds++) {
      let started = 0;
      for (const { handlers } of lanes) {
        const kinds = Object.keys(handlers);
        const work = await takeDue(this.deps, handlers, { kinds, limit: 100, holder: 'test' });
        started += work.length;
        await Promise.all(work);
      }
      if (started === 0) return;
    }
    throw new Error('what is due never comes to rest');
  }

  /** Lets time pass and does what is due by then. */
  async pass(ms: number): Promise<void> {
    this.time.at += ms;
    await this.runDue();
  }

  /** Lets time pass in steps, for what has to be done on the way. */
  async passInSteps(ms: number, step: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) await this.pass(Math.min(step, ms - passed));
  }

  async say(asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
    const session = await this.session(asker);
    const words = understood(intent, slots);
    if (intent === 'extend-grant') return extendGrant(session, words);
    return intent === 'end-grant' ? endGrant(session, words) : planChange(session, words);
  }

  async confirm(asker: string, shown: Answer): Promise<Answer> {
    const session = await this.session(asker);
    if (shown.saying.kind === 'grant-preview') return confirmGrant(session, shown.saying.confirm);
    return confirmChange(session, sayingOf(shown, 'change-preview').confirm);
  }

  async change(asker: string, intent: Intent, slots: Partial<Understanding>): Promise<Answer> {
    return this.confirm(asker, await this.say(asker, intent, slots));
  }

  async press(asker: string, button: Button | null | undefined): Promise<Answer> {
    if (!button) throw new Error('no such button');
    return pressGrant(await this.session(asker), button);
  }

  /** Gives Bob Manager for a time, as Dave does. */
  give(lasting: Time, more: Partial<Understanding> = {}): Promise<Answer> {
    return this.change('104', 'assign-role', {
      people: ['102'],
      roles: ['Manager'],
      time: time(lasting),
      ...more,
    });
  }

  bob(): readonly string[] {
    return this.account.rolesOf('102');
  }

  async grantsOf(number: string) {
    return (await loadLedger(this.store, idOf(number)))?.ledger.grants ?? [];
  }

  /** What was told, as `whom what`. */
  heard(): readonly string[] {
    return this.told.map(({ to, reply }) => {
      const number = this.account.people.find(({ id }) => id === to)?.number ?? to;
      return `${number} ${eventOf(reply).kind}`;
    });
  }

  /** What somebody was told last, of one kind. */
  lastTold<Kind extends GrantEvent['kind']>(to: string, kind: Kind): Extract<GrantEvent, { kind: Kind }> {
    const id = to === 'channel' ? to : idOf(to);
    const found = this.told.map(({ to: whom, reply }) => ({ whom, event: eventOf(reply) }));
    const event = found.filter((each) => each.whom === id && each.event.kind === kind).at(-1)?.event;
    if (event === undefined) throw new Error(`${to} was not told ${kind} but ${this.heard().join(', ')}`);
    return event as Extract<GrantEvent, { kind: Kind }>;
  }
}

function eventOf({ saying }: Reply): GrantEvent {
  if (saying.kind !== 'grant-event') throw new Error(`told ${saying.kind}`);
  return saying.event;
}
