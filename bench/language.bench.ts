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

function sentences(input: VocabularyInput): readonly string[] {
  const name = (at: number): string => input.people[(at * 7919) % input.people.length]?.name ?? '';
  return Array.from({ length: 200 }, (_, at) => {
    const one = name(at);
    const two = name(at + 31);
    const role = ROLES[at % ROLES.length];
    return [
      `does ${one} have Meetings?`,
      `give ${one} ${role} for 2 hours because audit`,
      `what roles does ${one.toLowerCase()} have`,
      `please take ${role} from ${one} and ${two} tomorrow at 9`,
      `who in sales can read the company call log`,
      `hey, could you please set ${one} up like ${two}? thanks`,
      `why can't ${one} see company recordings`,
      `give ${one.slice(0, -1)}x Manager until friday`,
      `${role}, ext ${input.people[at % input.people.length]?.number}, 2 days`,
      `asdf qwer zxcv`,
    ][at % 10] as string;
  });
}

const SECOND_MS = 1000;
/** A service reads for days: the first few thousand utterances, while the engine still compiles, are not counted. */
const WARM_UP_ROUNDS = 20;

function measure(input: VocabularyInput, rounds: number): { perSecond: number; p50: number; p99: number } {
  const vocabulary = buildVocabulary(input);
  const context: Context = {
    asker: '104',
    now: '2026-11-23T09:00:00-07:00',
    zone: 'America/Denver',
    mentions: new Map(),
    previous: null,
  };
  const texts = sentences(input);
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const text of texts) understand(text, vocabulary, context);
  }
  const times: number[] = [];
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      const before = performance.now();
      understand(text, vocabulary, context);
      times.push(performance.now() - before);
    }
  }
  const took = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { perSecond: (times.length / took) * SECOND_MS, p50: at(0.5), p99: at(0.99) };
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
  const few = measure(small, 20);
  const many = measure(large, 10);
  const fuseFew = measureFuse(small);
  const fuseMany = measureFuse(large);
  const vocabulary = buildVocabulary(small);
  const context: Context = {
    asker: null,
    now: '2026-11-23T09:00:00-07:00',
    zone: 'UTC',
    mentions: new Map(),
    previous: null,
  };
  const flood = 'give Bob Anberg Manager for two hours, and then tell me who has what. '.repeat(300).slice(0, 20_000);
  const before = performance.now();
  understand(flood, vocabulary, context);
  const floodMs = performance.now() - before;
  const rate = (value: number): string => `${Math.round(value)}/s`;
  return {
    name: 'language',
    rows: [
      {
        metric: 'utterances a second, 60 people',
        value: rate(few.perSecond),
        target: '5000/s',
        baseline: `${rate(fuseFew.perSecond)} names by fuse.js`,
      },
      {
        metric: 'p50 / p99, 60 people',
        value: `${few.p50.toFixed(3)} / ${few.p99.toFixed(3)} ms`,
        target: 'p99 under 5 ms',
      },
      {
        metric: 'utterances a second, 100,000 people',
        value: rate(many.perSecond),
        target: '1000/s',
        baseline: `${rate(fuseMany.perSecond)} names by fuse.js`,
      },
      {
        metric: 'p50 / p99, 100,000 people',
        value: `${many.p50.toFixed(3)} / ${many.p99.toFixed(3)} ms`,
        target: 'p99 under 5 ms',
      },
      {
        metric: 'index of 100,000 people',
        value: `${Math.round(index.ms)} ms`,
        target: 'under 1500 ms',
        baseline: `${Math.round(fuseMany.buildMs)} ms by fuse.js`,
      },
      { metric: 'memory of that index', value: `${Math.round(index.mb)} MB`, target: 'under 150 MB' },
      { metric: '20,000 characters', value: `${floodMs.toFixed(1)} ms`, target: 'under 50 ms' },
    ],
  };
}
