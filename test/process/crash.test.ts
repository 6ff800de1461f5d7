import { describe, expect, it, vi } from 'vitest';
import { linkedHouse } from './linked-house.ts';
import { Member } from './member.ts';
import { control, writesSeen } from './outside.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

const S = 'Standard (International)';
const HANG = { kind: 'timeout', ms: 60_000 };
const WRITE = { method: 'PUT', path: 'assigned-role' };
const TAKEN = /^This was already confirmed\.\nThis click changed nothing\. If no result appears, ask again/;
const AGAIN = /^Give Manager to Bob Brown/;
const READ = { method: 'GET', path: 'extension/[0-9]+/assigned-role' };

type Point = {
  /** Where the process is when the power goes. */
  readonly when: string;
  /** What RingCentral is told to do; the last of it has been met when the power goes. */
  readonly faults: readonly object[];
  /** What another administrator does before the next start. */
  readonly meanwhile?: readonly string[];
  /** Writes that RingCentral has answered. */
  readonly writes: number;
  readonly roles: readonly string[];
  /** What the audit says in the end; null where nothing was begun. */
  readonly settled: string | null;
  /** What the button of the earlier life then says. */
  readonly button: RegExp;
  /** What Dave is told when he asks for the same again. */
  readonly again: RegExp;
};

const POINTS: readonly Point[] = [
  {
    when: 'before the click was taken',
    faults: [{ match: { method: 'GET' }, fault: HANG }],
    writes: 0,
    roles: [S],
    settled: null,
    button: /^Done\./,
    again: /already/,
  },
  {
    when: 'after the click was taken and before the call',
    faults: [{ match: READ, fault: HANG }],
    writes: 0,
    roles: [S],
    settled: null,
    button: TAKEN,
    again: AGAIN,
  },
  {
    when: 'while the call is under way and has no effect',
    faults: [{ match: WRITE, fault: HANG }],
    writes: 0,
    roles: [S],
    settled: 'unchanged',
    button: TAKEN,
    again: AGAIN,
  },
  {
    when: 'after the effect and before it was read back',
    faults: [
      { match: WRITE, fault: { kind: 'drop', when: 'after' } },
      { match: READ, after: 2, fault: HANG },
    ],
    writes: 1,
    roles: ['Manager', S],
    settled: 'changed',
    button: TAKEN,
    again: /already/,
  },
  {
    when: 'after the effect, and another administrator changes the list before the next start',
    faults: [
      { match: WRITE, fault: { kind: 'drop', when: 'after' } },
      { match: READ, after: 2, fault: HANG },
    ],
    meanwhile: ['Reports'],
    writes: 1,
    roles: ['Reports'],
    settled: 'differs',
    button: TAKEN,
    again: AGAIN,
  },
];

describe('a service that is killed in the middle of a change', () => {
  it.each(POINTS)('$when: the next start finds out the truth', async (point) => {
    const house = await linkedHouse();
    const { ringcentral, slack } = house.sandboxes;
    const dave = new Member(slack.controlUrl, 'U104');
    const first = await house.service();
    const preview = await dave.ask('give bob Manager', /^Give Manager to Bob Brown/);
    const allMet = await house.plan(point.faults);
    await dave.click(preview, 'Confirm');
    await allMet();
    await first.kill();
    const open = await house.inStore((store) => store.intents.unsettled());
    expect(open.map(({ before, after }) => [before.length, after.length])).toEqual(
      point.settled === null ? [] : [[1, 2]],
    );
    if (point.meanwhile) {
      await control(`${ringcentral.controlUrl}/portal/assign`, 'POST', { ext: '102', roles: point.meanwhile });
    }

    const second = await house.service();
    expect(await house.inStore((store) => store.intents.unsettled())).toEqual([]);
    const audit = await house.inStore((store) => store.audit.list({ limit: 100 }));
    const settled = audit.filter(({ action }) => action === 'change.settled');
    expect(settled.map(({ body }) => JSON.parse(body).outcome.kind)).toEqual(point.settled ? [point.settled] : []);
    expect(await house.rolesOfBob()).toEqual(point.roles);
    expect(await writesSeen(ringcentral.controlUrl)).toBe(point.writes);

    // The button of the earlier life acts only if it was never taken, and the same words work anew.
    await dave.clickAndRead(preview, 'Confirm', point.button);
    const again = await dave.ask('give bob Manager', point.again);
    if (point.again === AGAIN) await dave.clickAndRead(again, 'Confirm', /^Done\./);
    expect(await house.rolesOfBob()).toEqual([...(point.meanwhile ?? [S]), 'Manager'].sort());
    expect(await writesSeen(ringcentral.controlUrl)).toBe(1 + (point.meanwhile ? 1 : 0));
    expect((await second.stop()).code).toBe(0);
  });
});
