import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenStore, openStore } from '#src/adapters/store/open-store.ts';

/** Where bench figures are taken: on the disk, since a commit waits for it. */
export type Bench = { readonly store: OpenStore; readonly folder: string; close(): Promise<void> };

/** A store as a service has it, in a folder that is gone afterwards. */
export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-bench-'));
  const clock = { now: () => Date.now() };
  const store = await openStore({ directory: folder, encryptionKey: null, exclusive: true, clock });
  return {
    store,
    folder,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An audit entry of the size of a real one. */
export function benchEntry(n: number) {
  const body = JSON.stringify({ intent: 'assign', before: [{ id: '1' }], after: [{ id: '1' }, { id: '2' }], n });
  return { at: n, actor: '104', action: 'change.outcome', subject: `1${n % 1000}`, reference: `R${n}`, body };
}
