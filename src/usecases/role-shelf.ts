import type { RoleId } from '../domain/ids.ts';
import type { Role, RoleSummary } from '../domain/roles.ts';
import { orWithheld } from './fresh-facts.ts';
import { inParallel } from './in-parallel.ts';
import type { Clock, RoleDirectory } from './ports.ts';

/** What roles hold, remembered for a while: for suggestions only, never for a right and never for an answer itself. */
export type RoleShelf = {
  /** Contents of these roles, at most `SHELF_AGE_MS` old; one that RingCentral withholds is left out. */
  contents(directory: RoleDirectory, roles: readonly RoleSummary[]): Promise<readonly Role[]>;
};

/** A suggestion may lag behind an edited role by this much; asking for every role each time would spend the rate limit. */
const SHELF_AGE_MS = 10 * 60_000;

/** Makes an empty shelf. */
export function createRoleShelf(clock: Clock): RoleShelf {
  const shelf = new Map<RoleId, { readonly role: Role; readonly readAt: number }>();
  async function read(directory: RoleDirectory, id: RoleId): Promise<Role | null> {
    const kept = shelf.get(id);
    if (kept !== undefined && clock.now() - kept.readAt < SHELF_AGE_MS) return kept.role;
    const role = await orWithheld(directory.readRole(id));
    if (role !== null) shelf.set(id, { role, readAt: clock.now() });
    return role;
  }
  return {
    async contents(directory, roles) {
      const found = await inParallel(roles, (role) => read(directory, role.id));
      return found.filter((role) => role !== null);
    },
  };
}
