import { Fault } from '#src/domain/faults.ts';
import { type PermissionId, type RoleId, roleId } from '#src/domain/ids.ts';
import type { PermissionScope } from '#src/domain/permissions.ts';
import { broughtBy, dictionaryOf, isGranted } from '#src/domain/role-merge.ts';
import type { RoleDraft, RoleEntry, RoleInFull } from '#src/domain/roles.ts';
import type { RoleDirectory } from '#src/usecases/ports.ts';
import type { TrueRole } from './account.ts';
import type { FakeAccount } from './fake-directory.ts';

type Administration = Pick<
  RoleDirectory,
  'readRoleInFull' | 'createRole' | 'updateRole' | 'deleteRole' | 'checkRoleDeletion' | 'changeDefaultRole'
>;
type Call = <Value>(operation: keyof Administration, effect: () => Value, about?: string) => Promise<Value>;

/** The part of the fake directory that changes roles themselves; it forgets what a replacement leaves out. */
export function roleAdministrationOf(account: FakeAccount, as: string, call: Call): Administration {
  const find = (id: RoleId): TrueRole => {
    const role = account.roles.find((each) => each.id === id);
    if (role === undefined) throw new Fault('directory-not-found', 'not found', { errorCode: 'CMN-102' });
    return role;
  };
  const custom = (id: RoleId): TrueRole => {
    const role = find(id);
    if (!role.custom) throw new Fault('directory-rejected', 'predefined', { errorCode: 'CMN-111' });
    return role;
  };
  const put = (role: TrueRole) => {
    const at = account.roles.findIndex((each) => each.id === role.id);
    if (at < 0) account.roles.push(role);
    else account.roles[at] = role;
  };
  const deletable = (id: RoleId) => {
    const holders = [...account.assignments].filter(([, roles]) => roles.some((role) => role.id === custom(id).id));
    if (account.defaultRole === id || (account.refusesDeletingUsed && holders.length > 0)) {
      throw new Fault('directory-rejected', 'in use', { errorCode: 'CMN-111' });
    }
    return holders;
  };
  return {
    readRoleInFull: (id) => call('readRoleInFull', () => inFull(account, find(id)), id),
    createRole: (_authority, draft) =>
      call('createRole', () => {
        const id = roleId(String(700_000 + account.roleWrites.length));
        account.roleWrites.push({ operation: 'createRole', role: id, draft, as });
        const entries = account.createIgnoresPermissions
          ? find(account.defaultRole).permissions.map((each) => ({ id: each, capabilities: null }))
          : draft.entries;
        put(roleOf(account, id, { ...draft, entries }, null));
        return id;
      }),
    updateRole: (_authority, id, draft) =>
      call(
        'updateRole',
        () => {
          account.roleWrites.push({ operation: 'updateRole', role: id, draft, as });
          put(roleOf(account, id, draft, custom(id)));
        },
        id,
      ),
    deleteRole: (_authority, id) =>
      call(
        'deleteRole',
        () => {
          account.roleWrites.push({ operation: 'deleteRole', role: id, draft: null, as });
          for (const [holder, roles] of deletable(id)) {
            const left = roles.filter((role) => role.id !== id);
            const byDefault = { ...account.assignment(find(account.defaultRole).displayName), autoAssigned: true };
            account.assignments.set(holder, left.length > 0 ? left : [byDefault]);
          }
          account.roles.splice(account.roles.indexOf(find(id)), 1);
        },
        id,
      ),
    checkRoleDeletion: (_authority, id) => call('checkRoleDeletion', () => void deletable(id), id),
    changeDefaultRole: (_authority, id) =>
      call(
        'changeDefaultRole',
        () => {
          account.roleWrites.push({ operation: 'changeDefaultRole', role: id, draft: null, as });
          account.defaultRole = find(id).id;
        },
        id,
      ),
  };
}

function inFull(account: FakeAccount, { reach: _, ...role }: TrueRole): RoleInFull {
  const special = account.capabilities.get(role.id);
  const entries = role.permissions.map((id): RoleEntry => ({ id, capabilities: special?.get(id) ?? null }));
  return { ...role, permissions: entries.filter(isGranted).map(({ id }) => id), entries };
}

/** What is sent, what that includes, and what nobody can put on a role and RingCentral keeps by itself. */
function roleOf(account: FakeAccount, id: RoleId, draft: RoleDraft, before: TrueRole | null): TrueRole {
  const dictionary = dictionaryOf(account.permissions);
  const { entries, ...fields } = draft;
  const sent = entries.filter((entry) => dictionary.isAssignable(entry.id));
  const orphans = before === null || account.dropsNonAssignable ? [] : orphansOf(inFull(account, before), dictionary);
  const permissions = [...new Set([...broughtBy(sent, dictionary), ...sent.map((entry) => entry.id), ...orphans])];
  account.capabilities.set(
    id,
    new Map(sent.flatMap((each) => (each.capabilities ? [[each.id, each.capabilities]] : []))),
  );
  const reachOf = (permission: PermissionId): PermissionScope =>
    account.roles.find((role) => role.reach.has(permission) && !role.custom)?.reach.get(permission) ?? 'Self';
  return {
    ...fields,
    id,
    custom: true,
    scope: fields.scope ?? 'Self',
    siteCompatible: fields.siteCompatible ?? false,
    permissions: permissions.sort(),
    reach: new Map(permissions.map((each) => [each, before?.reach.get(each) ?? reachOf(each)])),
  };
}

function orphansOf(role: RoleInFull, dictionary: ReturnType<typeof dictionaryOf>): readonly PermissionId[] {
  const brought = broughtBy(
    role.entries.filter((entry) => dictionary.isAssignable(entry.id)),
    dictionary,
  );
  return role.permissions.filter((each) => !dictionary.isAssignable(each) && !brought.has(each));
}
