import { describe, expect, it, vi } from 'vitest';
import { TEST_DATABASE_URL } from '#test/adapters/store/postgres.ts';
import { soak, tableOf } from '#test/soak/soak.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 300_000 });

/** Of all trials together, half on each engine; `npm run soak` runs more, with seeds of their own. */
const TRIALS = 15;

const ENGINES = [
  { engine: 'SQLite', seed: 7, skip: false },
  { engine: 'PostgreSQL', seed: 8, skip: TEST_DATABASE_URL === null },
] as const;

describe('a service that is killed at every step of a change', () => {
  for (const { engine, seed, skip } of ENGINES) {
    it.skipIf(skip)(`keeps every promise on ${engine}`, async () => {
      const summary = await soak({ engine, trials: TRIALS, seed, server: TEST_DATABASE_URL, note: () => undefined });
      expect(summary.findings, tableOf([summary])).toEqual([]);
      expect(summary.acknowledged).toBeGreaterThan(0);
    });
  }
});
