import { hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { createTrailCheck } from '#src/domain/verify-audit.ts';
import { benchEntry, openBench } from './store/open.ts';

const ENTRIES = 1_000_000;
const AT_ONCE = 5_000;

/** The bare minimum: each row read in order and its body hashed, nothing compared. */
function bare(folder: string): number {
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true });
  const begun = performance.now();
  for (const row of database.prepare('select * from audit order by seq').iterate()) hash('sha256', String(row.body));
  const tookMs = performance.now() - begun;
  database.close();
  return tookMs;
}

/** Whether a trail of a million entries is whole, as `rolecall audit verify` finds out. */
export async function run() {
  const { store, folder, close } = await openBench();
  for (let from = 0; from < ENTRIES; from += AT_ONCE) {
    await store.commit(
      [],
      Array.from({ length: AT_ONCE }, (_, n) => benchEntry(from + n)),
    );
  }
  const begun = performance.now();
  const check = createTrailCheck([], 1);
  for await (const page of store.audit.chain()) for (const entry of page) check.take(entry);
  const verdict = check.end(await store.audit.head());
  const tookMs = performance.now() - begun;
  if (!verdict.whole || verdict.entries !== ENTRIES) throw new Error(`not whole: ${JSON.stringify(verdict)}`);
  const baselineMs = bare(folder);
  await close();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return {
    name: `an audit trail of ${ENTRIES.toLocaleString('en')} entries checked`,
    rows: [{ metric: 'verified in', value: seconds(tookMs), target: '< 20 s', baseline: seconds(baselineMs) }],
  };
}
