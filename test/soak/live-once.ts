import { setTimeout as sleep } from 'node:timers/promises';
import { Member } from '#test/process/member.ts';
import { control, eventually } from '#test/process/outside.ts';
import type { Message } from '#test/transcripts/visible.ts';
import { type Case, FORWARD_MS, previewOf } from './acts.ts';
import { faultsFor } from './faults.ts';
import type { House } from './house.ts';
import { latestCall } from './outside.ts';
import type { Running } from './running.ts';

/** Everything arranged has happened by then, or does not happen. */
const ARRANGED_WITHIN_MS = 4_000;
/** How long after the outage nothing may be open any more: what waits is looked at every half minute. */
const SETTLED_WITHIN_MS = 60_000;

/** A case on its way: who asked, the preview, and what was told of it. */
export type Begun = {
  readonly kase: Case;
  readonly member: Member;
  /** Null where the words went through a terminal. */
  readonly preview: Message | null;
  /** Everything that was told since the click. */
  told: string;
};

/** What became of the cases of one life. */
export type Lived = {
  readonly begun: readonly Begun[];
  /** Number of the last call of RingCentral before the clicks, and the instant of the first click. */
  readonly since: number;
  readonly clickedAt: number;
  /** When the service was there again. */
  readonly readyAt: number;
  /** Rows that stayed open; empty where everything was settled. */
  readonly open: string;
};

/**
 * One life of the service: people ask, everybody's change is brought to its moment, the power goes, and the service is
 * started again.
 */
export async function liveOnce(house: House, cases: readonly Case[], againMs: number | null): Promise<Lived> {
  const begun = await Promise.all(cases.map((kase) => begin(house, kase)));
  const since = await latestCall(house.ringcentral);
  const clickedAt = Date.now();
  const before = await shown(begun);
  await strike(house, begun);
  for (const each of begun) each.told += await toldSince(each, before);
  await control(`${house.ringcentral}/faults`, 'DELETE');
  await house.bringEndsForward(FORWARD_MS);
  await startAgain(house);
  if (againMs !== null) await cutOffAgain(house, againMs);
  const readyAt = Date.now();
  await settled(house);
  await pressAgain(begun);
  const open = await settled(house);
  for (const each of begun) each.told += await toldSince(each, before);
  return { begun, since, clickedAt, readyAt, open };
}

async function startAgain(house: House): Promise<void> {
  await house.letTimePass();
  await house.start();
}

/** The power goes once more, while what was open is being settled and ended through a slow RingCentral. */
async function cutOffAgain(house: House, afterMs: number): Promise<void> {
  const slow = { match: { path: 'assigned-role' }, times: 20, fault: { kind: 'slow', ms: 250 } };
  await control(`${house.ringcentral}/faults`, 'POST', slow);
  await sleep(afterMs);
  await house.kill();
  await control(`${house.ringcentral}/faults`, 'DELETE');
  await startAgain(house);
}

async function begin(house: House, kase: Case): Promise<Begun> {
  const member = new Member(house.slack, kase.trial.asker);
  const preview = kase.trial.act === 'terminal' ? null : await previewOf(kase, member);
  if (kase.trial.act === 'timed-held') {
    await control(`${house.ringcentral}/portal/assign`, 'POST', { ext: kase.people[0]?.ext, roles: kase.before });
  }
  return { kase, member, preview, told: '' };
}

type Shown = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What each asker has before them already. */
async function shown(begun: readonly Begun[]): Promise<Shown> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  for (const { kase, member } of begun) known.set(kase.trial.asker, await member.texts());
  return known;
}

async function toldSince({ kase, member }: Begun, before: Shown): Promise<string> {
  const fresh = await member.since(before.get(kase.trial.asker) ?? new Map());
  return fresh.filter((text) => isAbout(kase, text)).join('\n\n');
}

function isAbout({ people, after, role, trial }: Case, text: string): boolean {
  if (role !== null) return text.includes(after[0] ?? '');
  if (trial.act === 'bulk') return / of \d+ people|\d+ people/.test(text);
  return text.includes(`(${people[0]?.ext})`);
}

/** Brings everybody's change to its moment; then the power goes. */
async function strike(house: House, begun: readonly Begun[]): Promise<void> {
  const arranged = begun.flatMap(({ kase }) => faultsFor(kase.trial, kase.paths));
  for (const fault of arranged) await control(`${house.ringcentral}/faults`, 'POST', fault);
  const [chance, planned] = [begun.filter(isChance), begun.filter((each) => !isChance(each))];
  const commands = await Promise.all(planned.map((each) => press(house, each)));
  await untilArranged(house);
  const later = chance.map(async (each) => {
    await sleep(each.kase.trial.ms);
    return press(house, each).catch(() => null);
  });
  if (chance.length > 0) await sleep(800);
  await house.kill();
  for (const command of [...commands, ...(await Promise.all(later))]) await command?.kill();
}

function isChance({ kase }: Begun): boolean {
  return kase.trial.moment === 'any';
}

async function press(house: House, { kase, member, preview }: Begun): Promise<Running | null> {
  if (preview === null) return house.command(['ask', kase.words, '--as', '104', '--yes']);
  await member.click(preview, 'Confirm');
  return null;
}

async function untilArranged({ ringcentral }: House): Promise<void> {
  const left = async () => (await control<{ faults: readonly unknown[] }>(`${ringcentral}/faults`)).faults.length;
  await eventually('the arranged moments', async () => (await left()) === 0, ARRANGED_WITHIN_MS).catch(() => undefined);
}

/** Presses buttons of the earlier life once more, as people do who saw nothing happen. */
async function pressAgain(begun: readonly Begun[]): Promise<void> {
  for (const each of begun) {
    const { kase, member, preview } = each;
    if (preview === null || !kase.trial.pressAgain) continue;
    const known = await member.texts();
    await member.click(preview, 'Confirm');
    const answer = await eventually(`an answer to "${kase.words}"`, async () => (await member.since(known))[0] ?? null);
    // An answer that nothing happened names nobody.
    each.told += isAbout(kase, answer) ? '' : `\n\n${answer}`;
  }
}

/** Waits until nothing is open; tells what is, where that takes too long. */
async function settled(house: House): Promise<string> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  let open = await house.open();
  while (open !== '' && Date.now() < deadline) {
    await sleep(200);
    open = await house.open();
  }
  return open;
}
