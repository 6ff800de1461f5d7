import { Fault } from '#src/domain/faults.ts';
import { type ExtensionId, type PermissionId, permissionId, type RoleId, roleId } from '#src/domain/ids.ts';
import { type Extension, isUser } from '#src/domain/people.ts';
import type { ActivePermission, PermissionScope } from '#src/domain/permissions.ts';
import type { AssignedRole, Capabilities, RoleDraft, RoleToAssign } from '#src/domain/roles.ts';
import type { Call, Directories, NameIndex, Names, Probe, ProbeResult, RoleDirectory } from '#src/usecases/ports.ts';
import {
  ACCOUNT,
  ALL_SITES,
  buildAssignments,
  buildPeople,
  buildPermissions,
  buildRoles,
  DENVER,
  idOf,
  type TrueRole,
} from './account.ts';
import { roleAdministrationOf } from './fake-roles.ts';

type Operation = Exclude<keyof RoleDirectory, symbol>;
export type CallSeen = { readonly as: string; readonly operation: Operation; readonly about: string | null };

/** Goes wrong at the n-th call from now of an operation; `after` lets the effect happen first. */
export type Trouble = {
  readonly operation: Operation;
  readonly fault: Fault;
  readonly skip?: number;
  readonly after?: boolean;
};

/** A RingCentral account in memory: remembers assignments, counts calls, fails on request, loses updates like the real one. */
export class FakeAccount {
  readonly people: Extension[] = buildPeople();
  readonly roles: TrueRole[] = buildRoles();
  readonly permissions = buildPermissions();
  readonly assignments: Map<ExtensionId, AssignedRole[]> = buildAssignments(this.roles);
  readonly calls: CallSeen[] = [];
  readonly writes: { readonly extension: ExtensionId; readonly roles: readonly RoleToAssign[]; readonly as: string }[] =
    [];
  /** Changes of roles themselves, in order. */
  readonly roleWrites: {
    readonly operation: Operation;
    readonly role: RoleId;
    readonly draft: RoleDraft | null;
    readonly as: string;
  }[] = [];
  defaultRole = roleId('3');
  /** Entries of roles that say more than that the permission is granted. */
  readonly capabilities = new Map<RoleId, Map<PermissionId, Capabilities>>();
  /** What nobody knows of RingCentral. */
  createIgnoresPermissions = false;
  dropsNonAssignable = false;
  refusesDeletingUsed = false;
  /** What the call for many people does: nobody has published it. */
  bulk: 'adds' | 'replaces' | 'ignores' = 'adds';
  readonly bulkCalls: { readonly added: number; readonly removed: number; readonly as: string }[] = [];
  readonly troubles: (Trouble & { left: number })[] = [];
  /** App permissions of every token. */
  scopes: string[] = ['ReadAccounts', 'RoleManagement'];
  /** Runs before each call: for edits by others at an awkward moment. */
  before: (call: CallSeen) => void | Promise<void> = () => undefined;
  /** Whether RingCentral's own check heeds site restriction: nobody has published that it does. */
  checkHeedsSites = false;
  readonly administered = new Map<ExtensionId, typeof ALL_SITES>([[idOf('125'), [DENVER]]]);
  /** People with a token of their own. */
  readonly tokens = new Set<string>(['101', '102', '103', '104', '105', '109', '125']);
  readonly deadTokens = new Set<string>();
  /** Display names of roles that RingCentral's own listing of assignable ones leaves out. */
  readonly notAssignable = new Set<string>();
  /** Features that the plan or the extension does not have, with the reason that RingCentral gives. */
  readonly featuresOff = new Map<string, string>();
  /** How a tried call ends. */
  probed: (wish: Probe, as: string) => ProbeResult = () => ({ status: 200, errorCode: null, missing: null });
  namesReadAt = 0;
  refreshes = 0;

  trouble(trouble: Trouble): void {
    this.troubles.push({ ...trouble, left: trouble.skip ?? 0 });
  }

  person(number: string): Extension {
    const found = this.people.find((each) => each.number === number);
    if (found === undefined) throw new Error(`nobody has extension ${number}`);
    return found;
  }

  /** Somebody else's edit, past the assistant. */
  edit(number: string, change: Partial<Extension>): void {
    const at = this.people.findIndex((each) => each.number === number);
    this.people[at] = { ...this.person(number), ...change };
  }

  rolesOf(number: string): readonly string[] {
    return (this.assignments.get(idOf(number)) ?? []).map((role) => role.displayName);
  }

  /** Somebody else's edit in the admin portal. */
  assign(number: string, names: readonly string[], siteRestricted = false): void {
    this.assignments.set(
      idOf(number),
      names.map((name) => this.assignment(name, siteRestricted)),
    );
  }

  assignment(displayName: string, siteRestricted = false): AssignedRole {
    const role = this.roles.find((each) => each.displayName === displayName);
    if (role === undefined) throw new Error(`no role ${displayName}`);
    return { id: role.id, displayName, autoAssigned: false, siteRestricted };
  }

  /** The truth of one person, as their own profile shows it. */
  profile(extension: ExtensionId): ActivePermission[] {
    const includes = new Map(this.permissions.map((each) => [each.id, each.includes]));
    const profile = new Map<PermissionId, ActivePermission>();
    for (const held of this.assignments.get(extension) ?? []) {
      const role = this.roles.find((each) => each.id === held.id);
      for (const [id, scope] of role?.reach ?? []) {
        for (const permission of [permissionId(id), ...(includes.get(permissionId(id)) ?? [])]) {
          const known = profile.get(permission);
          if (known === undefined || known.scopes[0] === 'Self') {
            profile.set(permission, { permission, effectiveRole: held.id, scopes: [scope as PermissionScope] });
          }
        }
      }
    }
    return [...profile.values()];
  }

  directories(): Directories {
    return {
      service: directoryAs(this, '100', 'service'),
      as: async (extension) => {
        const person = this.people.find((each) => each.id === extension);
        return person !== undefined && this.tokens.has(person.number)
          ? directoryAs(this, person.number, person.number)
          : null;
      },
    };
  }

  index(clock: { now(): number }): NameIndex {
    const current = (): Names => namesOf(this, this.namesReadAt);
    let names: Names | null = null;
    return {
      current: async () => {
        names ??= current();
        return names;
      },
      refresh: async () => {
        this.refreshes++;
        this.namesReadAt = clock.now();
        names = current();
        return names;
      },
    };
  }
}

function namesOf(account: FakeAccount, readAt: number): Names {
  const people = [...account.people];
  return {
    account: ACCOUNT,
    people,
    sites: ALL_SITES,
    departments: [...new Set(people.flatMap((person) => person.department ?? []))],
    roles: account.roles.map(({ reach: _, ...role }) => role),
    permissions: account.permissions,
    readAt,
    byId: (id) => people.find((person) => person.id === id),
    byNumber: (number) => people.find((person) => person.number === number),
    roleByName: (name) => account.roles.find((role) => role.displayName === name),
    permissionById: (id) => account.permissions.find((permission) => permission.id === id),
  };
}

function directoryAs(account: FakeAccount, number: string, as: string): RoleDirectory {
  const self = idOf(number);
  async function call<Value>(operation: Operation, effect: () => Value, about: string | null = null): Promise<Value> {
    const seen = { as, operation, about };
    account.calls.push(seen);
    await account.before(seen);
    if (account.deadTokens.has(as)) throw new Fault('directory-sign-in', 'the token no longer signs in');
    const trouble = account.troubles.find((each) => each.operation === operation);
    if (trouble !== undefined && trouble.left-- <= 0) {
      account.troubles.splice(account.troubles.indexOf(trouble), 1);
      if (trouble.after === true) effect();
      throw trouble.fault;
    }
    return structuredClone(effect());
  }
  /** Names the call as an answer of RingCentral would, numbered by the calls so far. */
  const answered = (operation: Operation, given: Call | undefined) =>
    given?.onAnswer?.({ operation, status: 200, requestId: `request-${account.calls.length}` });
  const find = <Item>(item: Item | undefined): Item => {
    if (item === undefined) throw new Fault('directory-not-found', 'not found', { errorCode: 'CMN-102' });
    return item;
  };
  const withinSites = ({ effectiveRole }: ActivePermission, target: ExtensionId) => {
    const held = account.assignments.get(self)?.find((each) => each.id === effectiveRole);
    if (!account.checkHeedsSites || held?.siteRestricted !== true) return true;
    const site = account.people.find((each) => each.id === target)?.site;
    return (account.administered.get(self) ?? []).some((each) => each.id === site?.id);
  };
  const plain = ({ reach: _, ...role }: TrueRole) => role;
  const role = (id: RoleId) => plain(find(account.roles.find((each) => each.id === id)));
  const replace = (extension: ExtensionId, roles: readonly RoleToAssign[]) => {
    const person = find(account.people.find((each) => each.id === extension));
    if (!isUser(person) || roles.length === 0)
      throw new Fault('directory-rejected', 'rejected', { errorCode: 'CMN-101' });
    account.writes.push({ extension, roles, as });
    const list = roles.map(({ id, siteRestricted }) => ({
      ...account.assignment(role(id).displayName),
      siteRestricted,
    }));
    account.assignments.set(extension, list);
    return list;
  };
  return {
    appPermissions: async () => [...account.scopes],
    printedAppPermissions: async () => [...account.scopes],
    readFeatures: (_extension, wanted) =>
      call('readFeatures', () =>
        wanted.map((id) => {
          const reason = account.featuresOff.get(id);
          return reason === undefined
            ? { id, available: true, reason: null }
            : { id, available: false, reason: { code: reason, permission: null } };
        }),
      ),
    probe: (wish) => call('probe', () => account.probed(wish, as), wish.operationId),
    owner: async () => self,
    checkOwnPermission: (permission, target) =>
      call('checkOwnPermission', () => {
        const active = account.profile(self).find((each) => each.permission === permission);
        const over = target === null || target === self || active?.scopes[0] !== 'Self';
        const successful = active !== undefined && over && (target === null || withinSites(active, target));
        return { successful, details: successful ? active : null };
      }),
    readOwnProfile: () => call('readOwnProfile', () => account.profile(self)),
    readAssignedRoles: (extension, given) =>
      call(
        'readAssignedRoles',
        () => {
          answered('readAssignedRoles', given);
          return account.assignments.get(extension) ?? [];
        },
        extension,
      ),
    listAssignedRoles: () =>
      call('listAssignedRoles', () => [...account.assignments].map(([extension, roles]) => ({ extension, roles }))),
    readRole: (id) => call('readRole', () => role(id)),
    listRoles: (custom) =>
      call('listRoles', () => account.roles.filter((each) => custom === null || each.custom === custom).map(plain)),
    readDefaultRole: () =>
      call('readDefaultRole', () => find(account.roles.find((each) => each.id === account.defaultRole))).then(plain),
    listAdministeredSites: (extension) =>
      call('listAdministeredSites', () => account.administered.get(extension) ?? []),
    listAssignableRoles: () =>
      call('listAssignableRoles', () =>
        account.roles.filter((each) => !account.notAssignable.has(each.displayName)).map(plain),
      ),
    readExtension: (extension) =>
      call('readExtension', () => find(account.people.find((each) => each.id === extension))),
    replaceAssignedRoles: (authority, extension, roles, given) =>
      call('replaceAssignedRoles', () => {
        answered('replaceAssignedRoles', given);
        if (authority.target !== extension) throw new Error('written with an authority over somebody else');
        return replace(extension, roles);
      }),
    assignToMany: (authority, given, { added, removed }) =>
      call('assignToMany', () => {
        if (authority.target !== 'account') throw new Error('written with an authority over one person');
        account.bulkCalls.push({ added: added.length, removed: removed.length, as });
        if (account.bulk === 'ignores') return;
        const name = role(given.id).displayName;
        const gift = account.assignment(name, given.siteRestricted);
        for (const id of added) {
          const others = account.bulk === 'replaces' ? [] : (account.assignments.get(id) ?? []);
          account.assignments.set(id, [...others.filter((each) => each.id !== given.id), gift]);
        }
        for (const id of removed) {
          account.assignments.set(
            id,
            (account.assignments.get(id) ?? []).filter((each) => each.id !== given.id),
          );
        }
      }),
    assignDefaultRole: (authority, extension) =>
      call('assignDefaultRole', () => {
        if (authority.target !== extension) throw new Error('written with an authority over somebody else');
        return replace(extension, [{ id: account.defaultRole, siteRestricted: false }]);
      }),
    ...roleAdministrationOf(account, as, call),
  };
}
