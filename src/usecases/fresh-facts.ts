import { isFault } from '../domain/faults.ts';
import type { ExtensionId, RoleId } from '../domain/ids.ts';
import type { Extension, Site } from '../domain/people.ts';
import type { ActivePermission } from '../domain/permissions.ts';
import type { AssignedRole, Role, RoleSummary } from '../domain/roles.ts';
import { inParallel } from './in-parallel.ts';
import type { Directories, RoleDirectory } from './ports.ts';

/** Roles as far as they could be read. */
type ReadRoles = { readonly roles: ReadonlyMap<RoleId, Role>; readonly unread: readonly RoleId[] };

/**
 * Facts of one turn, each read from RingCentral at most once.
 *
 * Made anew for every turn and again right before a write, so nothing in it is older than the decision it serves.
 */
export type FreshFacts = {
  readonly readAt: number;
  readonly directories: Directories;
  /**
   * From now on reads who holds which role, or what roles hold, as the asker instead of as the service account: once
   * RingCentral has confirmed that they may, so that it enforces the reads itself and counts them against their calls.
   */
  readAs(asker: RoleDirectory, what: 'assignments' | 'contents'): void;
  /** Somebody's roles, hidden ones included; taken from the listing of the account when that was read already. */
  assignedRoles(extension: ExtensionId): Promise<readonly AssignedRole[]>;
  everyone(): Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>>;
  extension(id: ExtensionId): Promise<Extension>;
  administeredSites(extension: ExtensionId): Promise<readonly Site[]>;
  ownProfile(own: RoleDirectory): Promise<readonly ActivePermission[]>;
  /** Contents of roles; one that RingCentral withholds or does not know is named as unread. */
  roles(ids: readonly RoleId[]): Promise<ReadRoles>;
  /** The account's default role; null when RingCentral withholds it. */
  defaultRole(): Promise<RoleSummary | null>;
  serviceAccount(): Promise<ExtensionId>;
};

/** Starts with nothing known. */
export function createFreshFacts(directories: Directories, readAt: number): FreshFacts {
  const { service } = directories;
  const once = memo();
  const through = { assignments: service as RoleDirectory, contents: service as RoleDirectory };
  let listing: Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>> | null = null;
  const facts: FreshFacts = {
    readAt,
    directories,
    readAs(asker, what) {
      through[what] = asker;
    },
    async assignedRoles(extension) {
      if (listing !== null) return (await listing).get(extension) ?? [];
      return once(`assigned ${extension}`, () => through.assignments.readAssignedRoles(extension));
    },
    everyone() {
      listing ??= through.assignments
        .listAssignedRoles()
        .then((rows) => new Map(rows.map((row) => [row.extension, row.roles])));
      return listing;
    },
    extension: (id) => once(`extension ${id}`, () => service.readExtension(id)),
    administeredSites: (id) => once(`sites ${id}`, () => service.listAdministeredSites(id)),
    ownProfile: (own) => once('own profile', () => own.readOwnProfile()),
    async roles(ids) {
      const distinct = [...new Set(ids)];
      const read = await inParallel(distinct, (id) =>
        once(`role ${id}`, () => orWithheld(through.contents.readRole(id))),
      );
      const roles = new Map(read.flatMap((role) => (role === null ? [] : [[role.id, role] as const])));
      return { roles, unread: distinct.filter((id) => !roles.has(id)) };
    },
    defaultRole: () => once('default role', () => orWithheld(service.readDefaultRole())),
    serviceAccount: () => once('service account', () => service.owner()),
  };
  return facts;
}

function memo() {
  const read = new Map<string, Promise<unknown>>();
  return <Value>(key: string, load: () => Promise<Value>): Promise<Value> => {
    const kept = read.get(key) ?? load();
    read.set(key, kept);
    return kept as Promise<Value>;
  };
}

/** RingCentral saying "not for you" or "no such" leaves a gap that answers name; any other fault ends the turn. */
export async function orWithheld<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (isFault(error, 'directory-forbidden') || isFault(error, 'directory-not-found')) return null;
    throw error;
  }
}
