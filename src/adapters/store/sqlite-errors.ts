import { Fault } from '#src/domain/faults.ts';

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
/** Extended codes: primary key and unique index. */
const UNIQUE_VIOLATIONS: readonly number[] = [1555, 2067];

function extendedCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

function primaryCode(error: unknown): number | null {
  const code = extendedCode(error);
  // The low byte is the primary code; the rest says which kind of it.
  return code === null ? null : code & 0xff;
}

/** Whether another connection holds the lock that was needed. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/** Whether there is no space left. */
export function isFull(error: unknown): boolean {
  return primaryCode(error) === FULL;
}

/** Whether a row with the same key is there already. */
function isUniqueViolation(error: unknown): boolean {
  const code = extendedCode(error);
  return code !== null && UNIQUE_VIOLATIONS.includes(code);
}

/**
 * Turns an error of SQLite into a fault with a sentence for people; anything else (a bug, a fault) comes back as it is.
 *
 * @param file - database file, named so that the operator knows where to look
 */
export function asStoreFault(error: unknown, file: string): unknown {
  if (error instanceof Fault) return error;
  if (isUniqueViolation(error)) {
    return new Fault('store-conflict', 'This was recorded already. Nothing was saved a second time.', {}, cause(error));
  }
  const sentence = trouble(primaryCode(error), file);
  if (sentence === null) return error;
  const sqliteCode = extendedCode(error);
  return new Fault('store-unavailable', sentence, sqliteCode === null ? {} : { sqliteCode }, cause(error));
}

/** What to say of a file that SQLite cannot make sense of. */
export function damaged(file: string): string {
  return `The database ${file} is damaged or is not a database. Nothing was overwritten. Put a backup in its place, or move it away to start with an empty one; either way take the files ending in -wal and -shm with it.`;
}

function cause(error: unknown): ErrorOptions {
  return { cause: error };
}

function trouble(code: number | null, file: string): string | null {
  switch (code) {
    case BUSY:
    case LOCKED:
      return `The database ${file} is held by another program. Nothing was saved. Try again; if it stays so, end the program that holds it.`;
    case READONLY:
      return `The database ${file} is read-only. Nothing was saved. Give the user that runs Rolecall write access to the file and its folder.`;
    case IOERR:
      return `Reading or writing ${file} failed on the disk. Nothing was saved. Check the disk, then start again.`;
    case CORRUPT:
    case NOTADB:
      return damaged(file);
    case FULL:
      return `The disk that holds ${file} is full. Nothing was saved. Free some space, then try again.`;
    case CANTOPEN:
      return `The database ${file} cannot be opened. Nothing was changed. Check that the path is a file, and that the user that runs Rolecall may read and write it and its folder.`;
    default:
      return null;
  }
}
