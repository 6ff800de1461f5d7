import { Fault } from '#src/domain/faults.ts';
import type { Place } from './place.ts';

/** The connection broke, or never came about. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super('the connection to the database was lost', { cause });
    this.name = 'ConnectionLost';
  }
}

/** The connection broke while the end of a transaction was on its way: it may or may not have been kept. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('whether the transaction was kept is not known', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** SQLSTATE codes, https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
/** Shutting down, crashed, starting up, too many connections: all pass. */
const AWAY: readonly string[] = ['57P01', '57P02', '57P03', '57P05', '53300'];

/** The SQLSTATE of what the server said; null for anything that it did not say. */
function stateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** What a driver's call ended with, told apart: the server spoke, or the way to it broke. */
export function asConnectionLost(error: unknown): unknown {
  if (stateOf(error) !== null) return error;
  // Mistakes of ours are not the network's.
  const ours = error instanceof TypeError || error instanceof RangeError || error instanceof ConnectionLost;
  return ours ? error : new ConnectionLost(error);
}

/** Whether the server is away for now: asking again in a moment may help. */
export function isAway(error: unknown): boolean {
  const state = stateOf(error);
  if (state !== null) return AWAY.includes(state) || state.startsWith('08');
  return error instanceof ConnectionLost && !isHopeless(error.cause);
}

/** Whether two transactions stood in each other's way, so that the one that was sacrificed may simply run again. */
export function isCollision(error: unknown): boolean {
  const state = stateOf(error);
  return state === SERIALIZATION_FAILURE || state === DEADLOCK;
}

/** Certificates and names do not mend themselves within seconds. */
function isHopeless(cause: unknown): boolean {
  const code = systemCode(cause);
  return code !== null && (/CERT|SSL|TLS/.test(code) || code === 'ENOTFOUND');
}

function systemCode(cause: unknown): string | null {
  if (cause instanceof AggregateError) return systemCode(cause.errors[0]);
  if (!(cause instanceof Error) || !('code' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}

/** Turns an error of PostgreSQL, or of the way to it, into a fault with a sentence for people. */
export function asPostgresFault(error: unknown, place: Place): unknown {
  if (error instanceof Fault) return error;
  const state = stateOf(error);
  if (state === UNIQUE_VIOLATION) {
    return new Fault('store-conflict', 'This was recorded already. Nothing was saved a second time.', {}, by(error));
  }
  if (error instanceof OutcomeUnknown) return new Fault('store-unavailable', unknownOutcome(place), {}, by(error));
  if (isAway(error) || error instanceof ConnectionLost) {
    const code = state ?? systemCode(error instanceof Error ? error.cause : null);
    return new Fault('store-unavailable', away(place, code), code === null ? {} : { databaseCode: code }, by(error));
  }
  const found = state === null ? undefined : TROUBLES[state];
  if (state === null || found === undefined) return error;
  return new Fault(found.code, found.words(place), { databaseCode: state }, by(error));
}

function by(error: unknown): ErrorOptions {
  return { cause: error };
}

function unknownOutcome({ name }: Place): string {
  return `${name} went away at the very end of a change to the store. Whether it was saved is not known yet. Ask again: what was saved is found.`;
}

function away({ name }: Place, code: string | null): string {
  const hint =
    code !== null && /CERT|SSL|TLS/.test(code)
      ? 'Check sslmode and the certificates named in DATABASE_URL.'
      : 'Check that it runs and that DATABASE_URL names it; Rolecall goes on by itself when it is back.';
  return `${name} cannot be reached${code === null ? '' : ` (${code})`}. Nothing was saved. ${hint}`;
}

type Trouble = { readonly code: 'config-invalid' | 'store-unavailable'; words(place: Place): string };

/** What to say of a user who may not read, write or make the tables. */
export function notAllowed({ name }: Place): string {
  return `${name} does not let this user read or write what Rolecall needs. Nothing was changed. Let the user of DATABASE_URL own the database, or a schema of it.`;
}

const REFUSED: Trouble = {
  code: 'config-invalid',
  words: ({ name }) =>
    `${name} refused the user or the password. Nothing was changed. Check both in DATABASE_URL, and that the server lets this user in from here.`,
};

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '28P01': REFUSED,
  '28000': REFUSED,
  '3D000': {
    code: 'config-invalid',
    words: ({ name }) => `${name} does not exist. Nothing was changed. Create it, or name another with DATABASE_URL.`,
  },
  '42501': { code: 'config-invalid', words: notAllowed },
  '25006': {
    code: 'store-unavailable',
    words: ({ name }) =>
      `${name} is read-only, as a standby is. Nothing was saved. Name the primary with DATABASE_URL.`,
  },
  '53100': {
    code: 'store-unavailable',
    words: ({ name }) => `${name} has no space left on its disk. Nothing was saved. Free some space, then try again.`,
  },
  '57014': {
    code: 'store-unavailable',
    words: ({ name }) => `${name} took too long to answer. Nothing was saved. Try again.`,
  },
  '55P03': {
    code: 'store-unavailable',
    words: ({ name }) => `${name} is held by another program. Nothing was saved. Try again.`,
  },
  XX001: {
    code: 'store-unavailable',
    words: ({ name }) => `${name} is damaged. Nothing was overwritten. Restore a backup of it.`,
  },
};
