import { isFault } from '../domain/faults.ts';
import type { ExtensionId, PermissionId, RoleId } from '../domain/ids.ts';
import type { Extension, Site } from '../domain/people.ts';
import type { ActivePermission } from '../domain/permissions.ts';
import type { AssignedRole, Role, RoleInFull, RoleSummary } from '../domain/roles.ts';
import { inParallel } from './in-parallel.ts';
import { ownFirst } from './own-first.ts';
import type { Directories, RoleDirectory } from './ports.ts';

/** Roles as far as they could be read. */
type ReadRoles = { readonly roles: ReadonlyMap<RoleId, Role>; readonly unread: readonly RoleId[] };

/**
 * Facts of one turn, each read from RingCentral at most once.
 *
 * Made anew for every turn and again right before a write, so nothing in it is older than the decision it serves. What
 * the asker's own token can read is read with it, so that it is counted against their calls and not the company's.
 */
export type FreshFacts = {
  readonly readAt: number;
  readonly directories: Directories;
  /** From now on reads with the asker's own token what it can read; null when they have none. */
  askAs(own: RoleDirectory | null): void;
  /**
   * From now on reads who holds which role, or what roles hold, as the asker and never as the service account: once
   * RingCentral has confirmed that they may, so that it enforces itself what an answer shows them.
   */
  readOnlyAs(asker: RoleDirectory, what: 'assignments' | 'contents'): void;
  /** Somebody's roles, hidden ones included; taken from the listing of the account when that was read already. */
  assignedRoles(extension: ExtensionId): Promise<readonly AssignedRole[]>;
  everyone(): Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>>;
  extension(id: ExtensionId): Promise<Extension>;
  /** Takes people as they were just listed, so that none of them is read once more. */
  know(people: readonly Extension[]): void;
  administeredSites(extension: ExtensionId): Promise<readonly Site[]>;
  ownProfile(own: RoleDirectory): Promise<readonly ActivePermission[]>;
  /** RingCentral's word on the asker's permission over one person. */
  ownCheck(
    own: RoleDirectory,
    permission: PermissionId,
    target: ExtensionId,
  ): ReturnType<RoleDirectory['checkOwnPermission']>;
  /** Contents of roles; one that RingCentral withholds or does not know is named as unread. */
  roles(ids: readonly RoleId[]): Promise<ReadRoles>;
  /** A role with every line of its list. @throws {Fault} `directory-not-found` when it has gone */
  roleInFull(id: RoleId): Promise<RoleInFull>;
  /** All roles of the account, without contents. */
  roleList(): Promise<readonly RoleSummary[]>;
  /** The account's default role; null when RingCentral withholds it. */
  defaultRole(): Promise<RoleSummary | null>;
  serviceAccount(): Promise<ExtensionId>;
};

/** Starts with nothing known. */
export function createFreshFacts(
  directories: Directories,
  readAt: number,
  own: RoleDirectory | null = null,
): FreshFacts {
  const { service } = directories;
  const once = memo();
  const strict: { assignments: RoleDirectory | null; contents: RoleDirectory | null } = {
    assignments: null,
    contents: null,
  };
  let free = readersFor(own, service);
  let listing: Promise<ReadonlyMap<ExtensionId, readonly AssignedRole[]>> | null = null;

  function readAssigned(extension: ExtensionId): Promise<readonly AssignedRole[]> {
    if (strict.assignments !== null) return strict.assignments.readAssignedRoles(extension);
    return free.assignments((directory, call) => directory.readAssignedRoles(extension, call));
  }

  function readRole(id: RoleId): Promise<Role> {
    if (strict.contents !== null) return strict.contents.readRole(id);
    return free.contents((directory, call) => directory.readRole(id, call));
  }

  return {
    readAt,
    directories,
    askAs(asker) {
      free = readersFor(asker, service);
    },
    readOnlyAs(asker, what) {
      strict[what] = asker;
    },
    async assignedRoles(extension) {
      if (listing !== null) return (await listing).get(extension) ?? [];
      return once(`assigned ${extension}`, () => readAssigned(extension));
    },
    everyone() {
      // RingCentral shows a site-restricted asker only part of it: for a guard the service account's view is needed.
      listing ??= (strict.assignments ?? service)
        .listAssignedRoles()
        .then((rows) => new Map(rows.map((row) => [row.extension, row.roles])));
      return listing;
    },
    extension: (id) =>
      once(`extension ${id}`, () => free.extensions((directory, call) => directory.readExtension(id, call))),
    know(people) {
      for (const person of people) void once(`extension ${person.id}`, async () => person);
    },
    administeredSites: (id) =>
      once(`sites ${id}`, () => free.extensions((directory, call) => directory.listAdministeredSites(id, call))),
    ownCheck: (asker, permission, target) =>
      once(`own check ${permission} ${target}`, () => asker.checkOwnPermission(permission, target)),
    ownProfile: (asker) => once('own profile', () => asker.readOwnProfile()),
    async roles(ids) {
      const distinct = [...new Set(ids)];
      const read = await inParallel(distinct, (id) => once(`role ${id}`, () => orWithheld(readRole(id))));
      const roles = new Map(read.flatMap((role) => (role === null ? [] : [[role.id, role] as const])));
      return { roles, unread: distinct.filter((id) => !roles.has(id)) };
    },
    roleInFull: (id) =>
      once(`role in full ${id}`, () => {
        if (strict.contents !== null) return strict.contents.readRoleInFull(id);
        return free.contents((directory, call) => directory.readRoleInFull(id, call));
      }),
    roleList: () => once('role list', () => (strict.contents ?? service).listRoles(null)),
    defaultRole: () =>
      once('default role', () => orWithheld(free.defaults((directory, call) => directory.readDefaultRole(call)))),
    serviceAccount: () => once('service account', () => service.owner()),
  };
}

/** A reader for each user permission that RingCentral asks for, so that what is refused once is not tried again. */
function readersFor(own: RoleDirectory | null, service: RoleDirectory) {
  return {
    assignments: ownFirst(own, service),
    contents: ownFirst(own, service),
    extensions: ownFirst(own, service),
    defaults: ownFirst(own, service),
  };
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
