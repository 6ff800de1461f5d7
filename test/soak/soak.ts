import { control } from '#test/process/outside.ts';
import { type Case, caseOf, STANDARD } from './acts.ts';
import { type Engine, House } from './house.ts';
import { type Breach, type Finding, judge } from './judge.ts';
import { liveOnce } from './live-once.ts';
import { namesOf, type Person, readAccount } from './outside.ts';
import { drawLife, type Life } from './plan.ts';
import { type Random, seeded } from './random.ts';

/** Trials that share one life of the service. */
const A_LIFE = 10;
const A_BULK = 25;

/** What came of all trials on one engine. */
export type Summary = {
  readonly engine: Engine;
  readonly trials: number;
  readonly acknowledged: number;
  readonly findings: readonly Finding[];
  readonly lateness: readonly number[];
};

export type SoakOptions = {
  readonly engine: Engine;
  readonly trials: number;
  readonly seed: number;
  /** Address of a PostgreSQL server, where that is the engine. */
  readonly server: string | null;
  /** Told about each life. */
  readonly note: (text: string) => void;
};

/** Runs so many trials on one engine: lives of the service, each ended by a kill and followed by the next start. */
export async function soak({ engine, trials, seed, server, note }: SoakOptions): Promise<Summary> {
  const random = seeded(seed);
  const house = await House.open(engine, server);
  const sums = { acknowledged: 0, findings: [] as Finding[], lateness: [] as number[] };
  try {
    await house.start();
    for (let done = 0; done < trials; done += A_LIFE) {
      const life = drawLife(random, Math.min(A_LIFE, trials - done));
      const cases = await prepare(house, life, random);
      const verdict = await judge(house, await liveOnce(house, cases, life.againMs));
      sums.acknowledged += verdict.acknowledged;
      sums.findings.push(...verdict.findings);
      sums.lateness.push(...verdict.lateness);
      note(`${engine} ${done + life.trials.length} of ${trials}: ${verdict.findings.length} breaches`);
      for (const { breach, what } of verdict.findings) note(`${breach}: ${what}`);
      if (verdict.findings.length > 0) note(house.log);
    }
  } finally {
    await house.close();
  }
  return { engine, trials, ...sums };
}

/** Chooses people whom nobody else of this life is about, with the lists that the cases begin with. */
async function prepare(house: House, life: Life, random: Random): Promise<readonly Case[]> {
  const { people, roles } = await readAccount(house.ringcentral);
  const free = people.filter(({ ext, type, status }) => Number(ext) > 1000 && type === 'User' && status === 'Enabled');
  const from = random.whole(free.length);
  const row = [...free.slice(from), ...free.slice(0, from)];
  const night = roles.find(({ displayName }) => displayName.startsWith('Night Desk'));
  if (night === undefined) throw new Error('the sandbox has no role to be renamed');
  const cases = life.trials.map((trial) => caseOf(trial, row.splice(0, trial.act === 'bulk' ? A_BULK : 1), night));
  for (const kase of cases) for (const person of kase.people) await reset(house, person, kase);
  return cases;
}

async function reset({ ringcentral }: House, person: Person, { trial, before }: Case): Promise<void> {
  const roles = trial.act === 'undo' || trial.act === 'timed-held' ? [STANDARD] : before;
  if (namesOf(person).join() === [...roles].sort().join()) return;
  await control(`${ringcentral}/portal/assign`, 'POST', { ext: person.ext, roles });
}

const BREACHES: readonly Breach[] = ['lost', 'doubled', 'late', 'false', 'unsettled'];

/** The figures as a table for people. */
export function tableOf(summaries: readonly Summary[]): string {
  const head = [
    'engine',
    'trials',
    'acknowledged',
    'lost',
    'doubled',
    'late ends',
    'false',
    'unsettled',
    'latest end',
    'chain',
  ];
  const rows = summaries.map(({ engine, trials, acknowledged, findings, lateness }) => [
    engine,
    ...[trials, acknowledged, ...BREACHES.map((breach) => count(findings, breach))].map(String),
    lateness.length === 0 ? '-' : `${(Math.max(...lateness) / 1000).toFixed(1)} s`,
    count(findings, 'chain') === 0 ? 'valid' : 'broken',
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function count(findings: readonly Finding[], breach: Breach): number {
  return findings.filter((finding) => finding.breach === breach).length;
}
