import { isFault } from '../../domain/faults.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { StoredToken } from '../../usecases/ports.ts';
import type { PersonSession, TokenVault } from './person-session.ts';

/** One person's session together with what speaks through it. */
export type Identity<D> = { readonly session: PersonSession; readonly directory: D; revoke(): Promise<void> };

export type Identities<D> = {
  /** The person's directory while their token lives; null when they have none. */
  find(extension: ExtensionId): Promise<D | null>;
  revoke(extension: ExtensionId): Promise<void>;
};

/** Sessions kept in memory; the oldest go first and are made again from the vault. */
const KEEP = 1000;

/**
 * Keeps one session for each person, so that concurrent askers share one renewal.
 *
 * The vault is asked each time: a token that was dropped or replaced elsewhere is not used a moment longer.
 */
export function createIdentities<D>(
  vault: TokenVault,
  make: (extension: ExtensionId, stored: StoredToken) => Identity<D>,
): Identities<D> {
  const known = new Map<ExtensionId, Identity<D>>();

  async function identityOf(extension: ExtensionId): Promise<Identity<D> | null> {
    const stored = await vault.load(extension);
    const held = known.get(extension);
    if (!stored) {
      held?.session.retire();
      known.delete(extension);
      return null;
    }
    if (held && !held.session.isOver() && held.session.knows(stored)) return held;
    const made = make(extension, stored);
    known.delete(extension);
    known.set(extension, made);
    dropOldest();
    return made;
  }

  function dropOldest(): void {
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size > KEEP) known.delete(oldest);
  }

  return {
    async find(extension) {
      const identity = await identityOf(extension);
      if (!identity) return null;
      try {
        await identity.session.current();
        return identity.directory;
      } catch (error) {
        if (!isFault(error, 'directory-sign-in') || !identity.session.isOver()) throw error;
        known.delete(extension);
        return null;
      }
    },
    async revoke(extension) {
      const identity = await identityOf(extension);
      known.delete(extension);
      identity?.session.retire();
      try {
        await identity?.revoke();
      } finally {
        await vault.drop(extension);
      }
    },
  };
}
