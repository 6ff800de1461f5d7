import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '#src/domain/faults.ts';

/** Where the store lies. */
export type Folder = {
  readonly path: string;
  /** Removes a temporary folder; leaves any other alone. */
  dispose(): void;
};

const temporary = new Set<string>();

/**
 * Makes the data folder ready, readable by its owner only.
 *
 * @param directory - null for a fresh temporary folder, removed on dispose and when the process exits
 * @throws {Fault} `config-invalid` when it cannot be made or written to
 */
export function prepareFolder(directory: string | null): Folder {
  if (directory === null) return temporaryFolder();
  const path = resolve(directory);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable('data folder', path, error);
  }
  return { path, dispose() {} };
}

/**
 * Looks whether a file that is there may be read and written: SQLite opens what it may only read, and would then fail
 * at the first write instead of now.
 *
 * @throws {Fault} `config-invalid` when it may not
 */
export function refuseUnusable(file: string): void {
  if (!existsSync(file)) return;
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw unusable('database', file, error);
  }
}

// Node's own recursive making never returns where a folder is there but takes no new ones, as in /proc.
function makeFolder(path: string): void {
  const up = dirname(path);
  if (!existsSync(up)) makeFolder(up);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Ours already, or made by another process in between.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

function unusable(what: string, path: string, error: unknown): Fault {
  return new Fault(
    'config-invalid',
    `The ${what} ${path} cannot be used: ${whyNot(error)}. Nothing was changed. Give the user that runs Rolecall write access there, or name another folder with ROLECALL_DATA_DIR.`,
    {},
    { cause: error },
  );
}

function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'rolecall-'));
  if (temporary.size === 0) process.on('exit', removeTemporary);
  temporary.add(path);
  return {
    path,
    dispose() {
      rmSync(path, { recursive: true, force: true });
      temporary.delete(path);
      if (temporary.size === 0) process.off('exit', removeTemporary);
    },
  };
}

function removeTemporary(): void {
  for (const path of temporary) rmSync(path, { recursive: true, force: true });
}

/** Runs `work` so that whatever files it makes are its owner's alone: SQLite itself would make them readable to all. */
export function privately<T>(work: () => T): T {
  const before = process.umask(0o077);
  try {
    return work();
  } finally {
    process.umask(before);
  }
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `it may not be written to (${code})`;
    case 'EROFS':
      return `it lies on a read-only disk (${code})`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `a file is in its place (${code})`;
    case 'ENOSPC':
      return `the disk is full (${code})`;
    default:
      return code;
  }
}
