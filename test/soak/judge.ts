import { FORWARD_MS, MANAGER } from './acts.ts';
import type { House } from './house.ts';
import type { Begun, Lived } from './live-once.ts';
import { effects, namesOf, type Person, readAccount, type Write, writesSince } from './outside.ts';

/** What a promise that was broken is called. */
export type Breach = 'lost' | 'doubled' | 'late' | 'false' | 'unsettled' | 'chain';

export type Finding = { readonly breach: Breach; readonly what: string };

/** What came of the cases of one life. */
export type Verdict = {
  readonly acknowledged: number;
  readonly findings: readonly Finding[];
  /** How late the ends were, after both the time and the service were there; milliseconds. */
  readonly lateness: readonly number[];
};

/** An end comes within this time, on a machine that is busy with other things as well. */
const LATE_AFTER_MS = 15_000;

/** Compares what was promised and told with what RingCentral did, from outside the service. */
export async function judge(house: House, lived: Lived): Promise<Verdict> {
  const { begun, since, open } = lived;
  const account = await readAccount(house.ringcentral);
  const cut = new Set(
    begun.filter(({ kase }) => kase.trial.moment === 'answer-lost').flatMap(({ kase }) => calledBy(kase)),
  );
  const writes = await writesSince(house.ringcentral, since, cut);
  const verdicts = begun.map((each) => judgeOne(each, { lived, writes, now: nowOf(account, each) }));
  const findings: Finding[] = verdicts.flatMap((verdict) => verdict.findings);
  if (open !== '') findings.push({ breach: 'unsettled', what: open });
  const chain = await house.chainProblem();
  if (chain !== null) findings.push({ breach: 'chain', what: chain });
  return {
    acknowledged: verdicts.filter(({ acknowledged }) => acknowledged).length,
    findings,
    lateness: verdicts.flatMap(({ lateness }) => lateness),
  };
}

type Case = Begun['kase'];
type Account = Awaited<ReturnType<typeof readAccount>>;

function idsOf({ people, role }: Case): readonly string[] {
  return role === null ? people.map(({ extensionId }) => extensionId) : [role.id];
}

/** What the path of its call names: the person, or the role. */
function calledBy(kase: Case): readonly string[] {
  return kase.trial.act === 'bulk' ? [MANAGER] : idsOf(kase);
}

/** The lists of everybody in a case, or the name of its role, as RingCentral has them now. */
function nowOf({ people, roles }: Account, { kase }: Begun): readonly (readonly string[])[] {
  if (kase.role !== null) return [[roles.find(({ id }) => id === kase.role?.id)?.displayName ?? '']];
  return kase.people.map(({ ext }) => namesOf(people.find((each) => each.ext === ext) as Person));
}

type Facts = {
  readonly lived: Lived;
  readonly writes: readonly Write[];
  readonly now: readonly (readonly string[])[];
};

type One = {
  readonly acknowledged: boolean;
  readonly findings: readonly Finding[];
  readonly lateness: readonly number[];
};

function judgeOne({ kase, told }: Begun, { lived, writes, now }: Facts): One {
  const { trial, before, after, mostEffects, words, seconds } = kase;
  const done = idsOf(kase).map((id) => effects(writes, id));
  const acknowledged = /^Done\./m.test(told);
  const findings: Finding[] = [];
  const find = (breach: Breach, what: string) =>
    findings.push({
      breach,
      what: `${what}: "${words}", ${trial.moment}, ${trial.ms} ms, again ${trial.pressAgain}; now ${JSON.stringify(now)}, effects ${JSON.stringify(done)}; told: ${told}`,
    });
  const is = (list: readonly string[]) => now.every((each) => same(each, list));
  if (acknowledged && !is(after)) find('lost', 'was told as done and is not there');
  if (/^Failed\./m.test(told) && done.some((each) => each.length > 0) && !acknowledged)
    find('false', 'was told as failed and happened');
  if (acknowledged && mostEffects > 0 && done.some((each) => each.length === 0))
    find('false', 'was told as done and never happened');
  if (done.some((each) => each.length > mostEffects)) find('doubled', 'happened too often');
  if (!is(after) && !is(before)) find('lost', 'is neither as before nor as wanted');
  const lateness =
    seconds === null || mostEffects === 0
      ? []
      : done.flatMap((each) => latenessOf(each, seconds * 1000 - FORWARD_MS, lived.readyAt));
  if (seconds !== null && !is(after)) find('late', 'has not ended');
  if (lateness.some((ms) => ms > LATE_AFTER_MS)) find('late', 'ended late');
  return { acknowledged, findings, lateness };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.join() === [...other].sort().join();
}

/** How long after its time, and after the service was there, a role went that had come. */
function latenessOf([came, went]: readonly Write[], forMs: number, readyAt: number): readonly number[] {
  if (came === undefined || went === undefined) return [];
  return [Math.max(0, went.at - Math.max(came.at + forMs, readyAt))];
}
