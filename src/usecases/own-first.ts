import { Fault, isFault } from '../domain/faults.ts';
import type { Call, RoleDirectory } from './ports.ts';

/** Reads one kind of fact, through whichever identity serves it. */
export type Reader = <Value>(read: (directory: RoleDirectory, call?: Call) => Promise<Value>) => Promise<Value>;

/**
 * How the asker's own calls are asked for. The last of them are left to what only they can ask, their right; and a read
 * that would wait for long is made with the service account's, so that a change does not stop for a minute half-way.
 */
export const OWN_CALL: Call = { urgency: 'background', maxWaitMs: 1_500 };

/**
 * Reads as the asker as long as RingCentral lets them, as the service account otherwise.
 *
 * RingCentral counts calls for each person. The service account's fifty a minute belong to the whole company, so
 * whoever has a token of their own spends their own. Only for facts that the asker's right does not rest on, or that a
 * right established before covers: a "no" to the asker's token is asked again as the service account.
 */
export function ownFirst(own: RoleDirectory | null, service: RoleDirectory): Reader {
  let asker = own === service ? null : own;
  return async (read) => {
    if (asker === null) return read(service);
    try {
      return await readAs(asker, read);
    } catch (error) {
      if (isRefused(error)) asker = null;
      else if (!isFault(error, 'directory-not-found') && !isFault(error, 'rate-limited')) throw error;
      return read(service);
    }
  };
}

/** @throws {Fault} `directory-forbidden` unsent where the token lacks the scope of all these reads */
async function readAs<Value>(asker: RoleDirectory, read: (directory: RoleDirectory, call: Call) => Promise<Value>) {
  if ((await asker.appPermissions()).includes('ReadAccounts')) return read(asker, OWN_CALL);
  throw new Fault('directory-forbidden', "the asker's token does not carry ReadAccounts", { missing: 'ReadAccounts' });
}

/** What one token is refused once it is refused all through the turn. */
function isRefused(error: unknown): boolean {
  return isFault(error, 'directory-forbidden') || isFault(error, 'directory-sign-in');
}
