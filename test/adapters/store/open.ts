import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openStore, type StoreOptions } from '#src/adapters/store/open-store.ts';
import type { Store } from '#src/usecases/ports.ts';

/** A clock that tests move by hand. */
export type HandClock = { at: number; now(): number };

export function handClock(at = 1_000_000): HandClock {
  return {
    at,
    now() {
      return this.at;
    },
  };
}

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A folder that is gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-store-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const KEY = new Uint8Array(randomBytes(32));

/** Opens a store that is closed after the test. */
export async function opened(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({
    directory: null,
    encryptionKey: KEY,
    exclusive: false,
    clock: handClock(),
    ...options,
  });
  undo.push(() => store.close());
  return store;
}

const NOBODY = 65_534;

/** Works as somebody whom file modes bind: root may write anything, so there the paths and the work become nobody's. */
export async function withoutPrivilege<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  for (const path of paths) chownSync(path, NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
