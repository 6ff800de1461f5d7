import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TEST_DATABASE_URL } from '#test/adapters/store/postgres.ts';
import type { Engine } from './house.ts';
import { type Summary, soak, tableOf } from './soak.ts';

const POSTGRESQL = fileURLToPath(new URL('../../.ci/postgresql', import.meta.url));

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
  },
});
const trials = Number(values.trials);
const seed = Number(values.seed);
const engines = (['SQLite', 'PostgreSQL'] as const).filter(
  (engine) => values.engine === undefined || engine.toLowerCase() === values.engine.toLowerCase(),
);

/** A server of its own, unless the environment names one. */
async function withServer<T>(work: (server: string) => Promise<T>): Promise<T> {
  if (TEST_DATABASE_URL !== null) return work(TEST_DATABASE_URL);
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-soak-pg-'));
  try {
    return await work(execFileSync(POSTGRESQL, ['start', folder], { encoding: 'utf8' }).trim());
  } finally {
    execFileSync(POSTGRESQL, ['stop', folder, 'immediate']);
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOn(engine: Engine, server: string | null): Promise<Summary> {
  const share = Math.ceil(trials / engines.length);
  return soak({ engine, trials: share, seed, server, note: (text) => console.error(text) });
}

const summaries: Summary[] = [];
for (const engine of engines) {
  summaries.push(engine === 'SQLite' ? await runOn(engine, null) : await withServer((server) => runOn(engine, server)));
}
console.log(tableOf(summaries));
process.exitCode = summaries.every(({ findings }) => findings.length === 0) ? 0 : 1;
