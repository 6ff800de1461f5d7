import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '#src/domain/faults.ts';
import { START } from '#test/support/house.ts';
import { TimedHouse, time } from '#test/support/timed-house.ts';

const S = 'Standard (International)';
const MINUTE = 60_000;

/** What may happen to Bob's Manager. */
type Step =
  | { readonly kind: 'give'; readonly minutes: number }
  | { readonly kind: 'extend'; readonly minutes: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'take' }
  | { readonly kind: 'pass'; readonly minutes: number }
  /** The machine's clock is set back. */
  | { readonly kind: 'back'; readonly minutes: number }
  | { readonly kind: 'portal'; readonly manager: boolean; readonly reports: boolean }
  | { readonly kind: 'outage' };

const minutes = fc.integer({ min: 1, max: 300 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('give' as const), minutes }),
  fc.record({ kind: fc.constant('extend' as const), minutes }),
  fc.record({ kind: fc.constant('done' as const) }),
  fc.record({ kind: fc.constant('keep' as const) }),
  fc.record({ kind: fc.constant('take' as const) }),
  fc.record({ kind: fc.constant('pass' as const), minutes }),
  fc.record({ kind: fc.constant('back' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('portal' as const), manager: fc.boolean(), reports: fc.boolean() }),
  fc.record({ kind: fc.constant('outage' as const) }),
);

/** What of these steps is done without an outage: for histories whose outcome can be told beforehand. */
const calm = step.filter(({ kind }) => kind !== 'outage' && kind !== 'portal' && kind !== 'back');

async function take(world: TimedHouse, each: Step): Promise<void> {
  const bob = { people: ['102'], roles: ['Manager'] };
  switch (each.kind) {
    case 'give':
      return said(world, world.say('104', 'assign-role', { ...bob, time: time({ for: `PT${each.minutes}M` }) }));
    case 'extend':
      return said(world, world.say('104', 'extend-grant', { ...bob, time: time({ for: `PT${each.minutes}M` }) }));
    case 'done':
      return said(world, world.say('104', 'end-grant', bob));
    case 'keep':
      return said(world, world.say('104', 'assign-role', bob));
    case 'take':
      return said(world, world.say('104', 'remove-role', bob));
    case 'pass':
      return world.passInSteps(each.minutes * MINUTE, 10 * MINUTE);
    case 'back':
      return world.pass(-each.minutes * MINUTE);
    case 'portal':
      world.account.assign('102', [S, ...(each.manager ? ['Manager'] : []), ...(each.reports ? ['Reports'] : [])]);
      return;
    case 'outage':
      for (const operation of ['replaceAssignedRoles', 'readAssignedRoles'] as const) {
        world.account.trouble({ operation, fault: new Fault('directory-unavailable', 'down') });
      }
  }
}

/** Confirms what asks for it; what is refused, or fails because RingCentral is down, changes nothing. */
async function said(world: TimedHouse, saying: ReturnType<TimedHouse['say']>): Promise<void> {
  const shown = await saying.catch((error: unknown) => {
    if (error instanceof Fault) return null;
    throw error;
  });
  if (shown?.outcome !== 'confirm-needed') return;
  await world.confirm('104', shown).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
  });
}

/** What somebody holds who is told the same orders and does nothing else: leases with their ends, or for good. */
function told(steps: readonly Step[]): boolean {
  let now = 0;
  let held: 'no' | 'for-good' | number[] = 'no';
  for (const each of steps) {
    if (Array.isArray(held)) held = held.filter((end) => end > now);
    if (Array.isArray(held) && held.length === 0) held = 'no';
    if (each.kind === 'pass') now += each.minutes;
    else if (each.kind === 'keep') held = 'for-good';
    else if (each.kind === 'take') held = 'no';
    else if (each.kind === 'done') held = held === 'for-good' ? held : 'no';
    else if (each.kind === 'give' && held !== 'for-good') held = [...(held === 'no' ? [] : held), now + each.minutes];
    else if (each.kind === 'extend' && Array.isArray(held)) {
      const last = Math.max(...held);
      held = [
        ...held.filter((end) => end !== last),
        ...held.filter((end) => end === last).slice(1),
        last + each.minutes,
      ];
    }
  }
  return held === 'for-good' || (Array.isArray(held) && held.some((end) => end > now));
}

describe('grants, whatever happens', () => {
  it('never take a role that was held before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step.filter(({ kind }) => kind !== 'take' && kind !== 'portal')), async (steps) => {
        const world = await new TimedHouse().open();
        world.account.assign('102', [S, 'Manager']);
        for (const each of steps) await take(world, each);
        await world.passInSteps(2 * 24 * 60 * MINUTE, 60 * MINUTE);
        expect(world.bob()).toEqual([S, 'Manager']);
      }),
      { numRuns: 40 },
    );
  });

  it('end: once every end has come nothing is open, and what was only given for a time is gone', async () => {
    const bounded = step.filter(({ kind }) => kind !== 'keep' && kind !== 'portal');
    await fc.assert(
      fc.asyncProperty(fc.array(bounded, { maxLength: 14 }), async (steps) => {
        const world = await new TimedHouse().open();
        for (const each of steps) await take(world, each);
        await world.passInSteps(6 * 24 * 60 * MINUTE, 30 * MINUTE);
        expect(world.bob()).toEqual([S]);
        expect((await world.grantsOf('102')).filter(({ state }) => state !== 'ended')).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('are counted: the role is there exactly as long as one of them lasts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(calm, { maxLength: 14 }), async (steps) => {
        const world = await new TimedHouse().open();
        for (const each of steps) await take(world, each);
        await world.runDue();
        expect(world.bob().includes('Manager')).toBe(told(steps));
      }),
      { numRuns: 60 },
    );
  });

  it('leave every other role alone, also what others give and take meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, reports) => {
        const world = await new TimedHouse().open();
        for (const each of steps) await take(world, each);
        const held = [S, 'Manager', ...(reports ? ['Reports'] : [])];
        world.account.assign('102', held);
        await world.passInSteps(3 * 24 * 60 * MINUTE, 60 * MINUTE);
        expect(world.bob().filter((role) => role !== 'Manager')).toEqual(held.filter((role) => role !== 'Manager'));
        expect(world.account.rolesOf('106')).toEqual(['Manager']);
      }),
      { numRuns: 30 },
    );
  });

  it('never outlive their end while somebody looks, and never end before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        minutes,
        fc.array(fc.integer({ min: -30, max: 90 }), { maxLength: 12 }),
        async (lasting, jumps) => {
          const world = await new TimedHouse().open();
          await take(world, { kind: 'give', minutes: lasting });
          let ended = false;
          for (const jump of jumps) {
            await world.pass(jump * MINUTE);
            ended ||= world.time.at >= START + lasting * MINUTE;
            expect(world.bob().includes('Manager')).toBe(!ended);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
