import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type OpenStore, openStore } from '#src/adapters/store/open-store.ts';
import type { StoreOptions } from '#src/adapters/store/store-options.ts';
import { freshSchema } from './postgres.ts';

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

/** The address of a schema that is gone after the test. */
export async function freshDatabase(): Promise<string> {
  const { url, drop } = await freshSchema();
  undo.push(drop);
  return url;
}

const KEY = new Uint8Array(randomBytes(32));

/** Opens a store that is closed after the test. */
export async function opened(options: Partial<StoreOptions> = {}): Promise<OpenStore> {
  const store = await openStore({
    directory: null,
    encryptionKey: KEY,
    exclusive: false,
    clock: handClock(),
    serverTime: false,
    ...options,
  });
  undo.push(() => store.close());
  return store;
}

const NOBODY = 65_534;
const OPEN = new URL('../../../src/adapters/store/open-store.ts', import.meta.url).href;

/**
 * Opens a store in a process that file modes bind, and gives the fault. Root may write anything, so there the paths and
 * the process become nobody's.
 */
export function faultWithoutPrivilege(paths: readonly string[], directory: string): { code: string; message: string } {
  const asRoot = process.getuid?.() === 0;
  if (asRoot) for (const path of paths) chownSync(path, NOBODY, NOBODY);
  const script = `
    const { openStore } = await import(${JSON.stringify(OPEN)});
    const options = { directory: ${JSON.stringify(directory)}, encryptionKey: null, exclusive: true, clock: Date };
    await openStore(options).then(() => console.log('{}'), ({ code, message }) => console.log(JSON.stringify({ code, message })));`;
  const options = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    ...options,
    encoding: 'utf8',
  });
  return JSON.parse(printed);
}
