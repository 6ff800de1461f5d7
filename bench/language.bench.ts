import Fuse from 'fuse.js';
import { buildVocabulary, type Context, understand, type VocabularyInput } from '../src/language/index.ts';

type Row = { metric: string; value: string; target: string; baseline?: string };

const FIRST =
  'Alice Bob Carol Dave Erin Frank Grace Heidi Ivan Judy Karl Laura Mallory Niaj Olivia Peggy Quentin Rupert Sybil Trent Uma Victor Wendy Xavier Yvonne Zach Anna Boris Clara Dmitri Elena Felix Gina Hugo Iris Jonas Kira Leo Mia Nils Oskar Petra Rita Sven Tara Ulf Vera Willem Yara Zeno'.split(
    ' ',
  );
const LAST_STARTS =
  'An Bar Cal Dor El Fen Gar Hol Is Jor Kel Lan Mor Nor Os Pel Quin Ros Sal Tor Ul Ver Wes Yor Zan'.split(' ');
const LAST_ENDS =
  'berg dale field ford ham hurst land ley man mark more nell quist ris sen shaw son stad ton well'.split(' ');
const DEPARTMENTS = ['Sales', 'Support', 'Finance', 'IT', 'Operations', 'Front Desk'];
const SITES = ['Main Site', 'Denver', 'Berlin'];
const ROLES = [
  'Super Admin',
  'Standard',
  'Standard (International)',
  'Phone System Admin',
  'Billing Admin',
  'User Admin',
  'Manager',
  'Front Desk',
  'Night Desk',
  'Reports',
  'Support',
  'Support Lead',
  'Role Steward',
];

function people(count: number): VocabularyInput['people'] {
  return Array.from({ length: count }, (_, at) => {
    const first = FIRST[at % FIRST.length] ?? '';
    const spread = Math.floor(at / FIRST.length);
    const last = `${LAST_STARTS[spread % LAST_STARTS.length]}${LAST_ENDS[Math.floor(spread / LAST_STARTS.length) % LAST_ENDS.length]}${spread >= 500 ? String.fromCharCode(97 + (Math.floor(spread / 500) % 26)) : ''}`;
    return {
      number: String(100 + at),
      name: `${first} ${last}`,
      email: `p${at}@example.com`,
      department: DEPARTMENTS[at % DEPARTMENTS.length] ?? null,
      site: SITES[at % SITES.length] ?? null,
    };
  });
}

function inputOf(count: number): VocabularyInput {
  return {
    people: people(count),
    sites: SITES,
    departments: DEPARTMENTS,
    roles: ROLES.map((displayName, at) => ({ displayName, custom: at > 6 })),
    permissions: [],
    partners: ['Acme Voice', 'Bluebird Telecom'],
  };
}

/** Chances that are the same in every run. */
function chances(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)] as (typeof from)[number];
  };
}

const PERMISSIONS = 'Meetings,the company call log,company recordings,SMS,fax,audit trail,user info,video'.split(',');
const TIMES = 'for 2 hours,until friday,tomorrow at 9,for two days,till 17:00,until end of month,for 45 min'.split(',');
const REASONS = 'audit,she covers for a colleague,the quarterly review,he trains new staff,a migration'.split(',');
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** Everyday messages about people, roles and times drawn at random: hardly any is said twice. */
function drawSentences(input: VocabularyInput, count: number, seed: number): readonly string[] {
  const pick = chances(seed);
  const gibberish = (): string => Array.from({ length: 4 }, () => pick(LETTERS)).join('');
  return Array.from({ length: count }, (_, at) => {
    const { name: one, number } = pick(input.people);
    const { name: two } = pick(input.people);
    const [role, permission, time, reason] = [pick(ROLES), pick(PERMISSIONS), pick(TIMES), pick(REASONS)];
    return [
      `does ${one} have ${permission}?`,
      `give ${one} ${role} ${time} because ${reason}`,
      `what roles do ${one.toLowerCase()} and ${two.toLowerCase()} have`,
      `please take ${role} from ${one} and ${two} ${time}`,
      `who in ${pick(DEPARTMENTS)} can use ${permission}`,
      `hey, could you please set ${one} up like ${two}? thanks`,
      `why can't ${one} see ${permission}`,
      `give ${one.slice(0, -1)}x ${role} ${time}`,
      `${role}, ext ${number}, ${time}`,
      `${gibberish()} ${gibberish()} ${gibberish()}`,
    ][at % 10] as string;
  });
}

const SECOND_MS = 1000;
const START_MS = Date.parse('2026-11-23T16:00:00Z');
/** A message comes in this much after the last one, so that no two share their moment. */
const STEP_MS = 37_000;

function contextAt(message: number): Context {
  const now = new Date(START_MS + message * STEP_MS).toISOString();
  return { asker: '104', now, zone: 'America/Denver', mentions: new Map(), previous: null };
}

const ROUNDS = 9;
const ROUND_SIZE = 2000;
/** A service reads for days: the first thousands of utterances, while the engine still compiles, are not counted. */
const WARM_UP_SIZE = 16_000;

type Measured = {
  readonly cpuRate: Spread;
  readonly wallRate: Spread;
  readonly p50: number;
  readonly p99: number;
  readonly distinct: number;
};
/** Utterances a second, in the middle one and in the fastest one of the rounds. */
type Spread = { readonly median: number; readonly best: number };

/** Reads utterances that it has not read before, round after round; a memory of whole sentences would gain nothing. */
function measure(input: VocabularyInput): Measured {
  const vocabulary = buildVocabulary(input);
  const contexts = Array.from({ length: WARM_UP_SIZE }, (_, at) => contextAt(at));
  const readAll = (texts: readonly string[]): void => {
    for (const [at, text] of texts.entries()) understand(text, vocabulary, contexts[at] as Context);
  };
  readAll(drawSentences(input, WARM_UP_SIZE, 1));
  const [cpu, wall, all]: [number[], number[], string[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const texts = drawSentences(input, ROUND_SIZE, 1000 + round);
    const [cpuBefore, wallBefore] = [process.cpuUsage(), performance.now()];
    readAll(texts);
    const { user, system } = process.cpuUsage(cpuBefore);
    wall.push((texts.length / (performance.now() - wallBefore)) * SECOND_MS);
    cpu.push((texts.length / (user + system)) * 1e6);
    all.push(...texts);
  }
  const times = drawSentences(input, ROUND_SIZE * 2, 99)
    .map((text, at) => {
      const before = performance.now();
      understand(text, vocabulary, contexts[at] as Context);
      return performance.now() - before;
    })
    .sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  const distinct = new Set(all).size / all.length;
  return { cpuRate: spread(cpu), wallRate: spread(wall), p50: at(0.5), p99: at(0.99), distinct };
}

function spread(rates: readonly number[]): Spread {
  const sorted = [...rates].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, best: sorted.at(-1) ?? 0 };
}

const LONGEST_TEXT = 20_000;

/** The slowest of some texts of 20,000 characters, each at its fastest of three, in milliseconds. */
function measureFloods(input: VocabularyInput): number {
  const vocabulary = buildVocabulary(input);
  const floods = [
    'give Bob Anberg Manager for two hours, and then tell me who has what. ',
    'Alice Anberg, Bob Anberg and ',
    'zork ',
    'because until friday ',
    '"',
    '9 to ',
    'a',
  ];
  const times = floods.map((piece, at) => {
    const text = piece.repeat(LONGEST_TEXT / piece.length + 1).slice(0, LONGEST_TEXT);
    const tries = [1, 2, 3].map(() => {
      const before = performance.now();
      understand(text, vocabulary, contextAt(at));
      return performance.now() - before;
    });
    return Math.min(...tries);
  });
  return Math.max(...times);
}

/** Heap that building holds on to, where the process may collect garbage on demand. */
function heapMb(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6 + process.memoryUsage().arrayBuffers / 1e6;
}

function measureIndex(input: VocabularyInput): { ms: number; mb: number } {
  const before = heapMb();
  const started = performance.now();
  const vocabulary = buildVocabulary(input);
  const ms = performance.now() - started;
  const mb = heapMb() - before;
  return vocabulary.people.people.length === 0 ? { ms: 0, mb: 0 } : { ms, mb };
}

/** One fuzzy name search with fuse.js, what a bot without an index of its own would use. */
function measureFuse(input: VocabularyInput): { buildMs: number; perSecond: number } {
  const started = performance.now();
  const fuse = new Fuse([...input.people], { keys: ['name'], threshold: 0.3 });
  const buildMs = performance.now() - started;
  const searches = input.people.length > 1000 ? 5 : 500;
  const from = performance.now();
  for (let at = 0; at < searches; at += 1)
    fuse.search(input.people[(at * 7919) % input.people.length]?.name ?? '', { limit: 5 });
  return { buildMs, perSecond: (searches / (performance.now() - from)) * SECOND_MS };
}

/** Measures understanding beside fuse.js, which only finds names. */
export async function run(): Promise<{ name: string; rows: Row[] }> {
  const small = inputOf(60);
  const large = inputOf(100_000);
  const index = measureIndex(large);
  const few = measure(small);
  const many = measure(large);
  const fuseFew = measureFuse(small);
  const fuseMany = measureFuse(large);
  const floodMs = measureFloods(small);
  const rate = ({ median, best }: Spread): string => `${Math.round(median)}/s (best round ${Math.round(best)}/s)`;
  const share = (distinct: number): string => `${(distinct * 100).toFixed(1)} %`;
  return {
    name: 'language',
    rows: [
      {
        metric: 'utterances a second of CPU, 60 people',
        value: rate(few.cpuRate),
        target: '20000/s a core',
        baseline: `${Math.round(fuseFew.perSecond)}/s names by fuse.js`,
      },
      { metric: 'utterances a second of clock, 60 people', value: rate(few.wallRate), target: '' },
      {
        metric: 'p50 / p99, 60 people',
        value: `${few.p50.toFixed(3)} / ${few.p99.toFixed(3)} ms`,
        target: 'p99 under 2 ms',
      },
      {
        metric: 'utterances a second of CPU, 100,000 people',
        value: rate(many.cpuRate),
        target: '',
        baseline: `${Math.round(fuseMany.perSecond)}/s names by fuse.js`,
      },
      { metric: 'utterances a second of clock, 100,000 people', value: rate(many.wallRate), target: '' },
      {
        metric: 'p50 / p99, 100,000 people',
        value: `${many.p50.toFixed(3)} / ${many.p99.toFixed(3)} ms`,
        target: 'p99 under 2 ms',
      },
      {
        metric: 'different utterances among those read, 60 / 100,000 people',
        value: `${share(few.distinct)} / ${share(many.distinct)}`,
        target: '',
      },
      {
        metric: 'index of 100,000 people',
        value: `${Math.round(index.ms)} ms`,
        target: 'under 1500 ms',
        baseline: `${Math.round(fuseMany.buildMs)} ms by fuse.js`,
      },
      { metric: 'memory of that index', value: `${Math.round(index.mb)} MB`, target: 'under 150 MB' },
      { metric: '20,000 characters of anything', value: `${floodMs.toFixed(1)} ms`, target: 'under 50 ms' },
    ],
  };
}
