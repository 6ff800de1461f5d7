import type { Extension, HeldRole } from '../account/model.ts';
import { invalidParameter, refusal } from '../http/failure.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { touch, type World } from '../world.ts';
import { accountUri, type Call, extensionUri, flag, mayHoldRoles, type Operation } from './operation.ts';
import { renderAssigned } from './render-role.ts';
import { guardSuperAdmins } from './super-admins.ts';

type SentRole = { readonly id: string; readonly siteRestricted: boolean | null };

function renderList(world: World, extension: Extension, showHidden: boolean): object {
  return {
    uri: extensionUri(world, extension, '/assigned-role'),
    records: renderAssigned(world, extension, showHidden),
  };
}

/** The rows that an asker may see in the account-wide listing. */
function visibleRows({ world, caller, grant }: Call): readonly Extension[] {
  const holders = world.account.extensions.filter((extension) => extension.roles.length > 0);
  if (grant === null) return holders.filter((extension) => extension.id === caller.extension.id);
  const { sites } = grant;
  if (sites === null || world.switches.siteRestrictedListing === 'whole') return holders;
  return holders.filter((extension) => extension.id === caller.extension.id || sites.includes(extension.siteId));
}

function listAll(call: Call): object {
  const { world, query } = call;
  const showHidden = flag(query, 'showHidden', world.switches.showHiddenByDefault);
  const uri = accountUri(world, '/assigned-role');
  const rows = visibleRows(call);
  const render = (extension: Extension) => ({
    uri: extensionUri(world, extension, '/assigned-role'),
    extensionId: String(extension.id),
    roles: renderAssigned(world, extension, showHidden),
  });
  if (world.switches.accountListing === 'paged') return pagedCollection(rows, readPage(query), render, { uri, query });
  return { uri, records: rows.map(render) };
}

/** Reads the body of a replacing PUT. @throws {ApiFailure} 400 */
function readRecords(world: World, body: Record<string, unknown>): SentRole[] {
  const { records } = body;
  if (records === undefined || records === null) return [];
  if (!Array.isArray(records)) throw invalidParameter('records');
  const sent = records.map(readRecord);
  for (const role of sent) {
    if (!world.account.roles.has(role.id)) throw refusal(world.switches.refusals.unknownRole);
  }
  const ids = new Set(sent.map((role) => role.id));
  if (ids.size === sent.length) return sent;
  if (world.switches.duplicateRoles === 'refuse') throw refusal(world.switches.refusals.duplicateRole);
  return sent.filter((role, index) => sent.findIndex((other) => other.id === role.id) === index);
}

function readRecord(record: unknown): SentRole {
  if (typeof record !== 'object' || record === null) throw invalidParameter('records');
  const { id, siteRestricted } = record as { id?: unknown; siteRestricted?: unknown };
  if (typeof id !== 'string' || id === '') throw invalidParameter('id');
  if (siteRestricted !== undefined && typeof siteRestricted !== 'boolean') throw invalidParameter('siteRestricted');
  return { id, siteRestricted: siteRestricted ?? null };
}

/** What the extension holds after a full replacement: nothing of the old list but what the switches keep. */
function replaced(world: World, target: Extension, sent: readonly SentRole[]): HeldRole[] {
  const before = new Map(target.roles.map((held) => [held.roleId, held]));
  const next = sent.map(({ id, siteRestricted }) => {
    const kept = before.get(id);
    const restriction = world.switches.omittedSiteRestriction === 'kept' ? (kept?.siteRestricted ?? false) : false;
    return {
      roleId: id,
      siteRestricted: siteRestricted === null ? restriction : restrictionOf(world, id, siteRestricted),
      autoAssigned: kept?.autoAssigned ?? false,
    };
  });
  if (world.switches.omittedHiddenRoles === 'lost') return next;
  const sentIds = new Set(sent.map((role) => role.id));
  const unseen = target.roles.filter(
    (held) => !sentIds.has(held.roleId) && (held.autoAssigned || world.account.roles.get(held.roleId)?.hidden === true),
  );
  return [...next, ...unseen];
}

/** What becomes of a wanted restriction to sites. @throws {ApiFailure} 400 CMN-101 by switch */
export function restrictionOf(world: World, roleId: string, wanted: boolean): boolean {
  const { restrictIncompatibleRole } = world.switches;
  const fits = world.account.roles.get(roleId)?.siteCompatible === true;
  if (!wanted || fits || restrictIncompatibleRole === 'accept') return wanted;
  if (restrictIncompatibleRole === 'refuse') throw invalidParameter('siteRestricted');
  return false;
}

function demandHolder(world: World, target: Extension): void {
  if (!mayHoldRoles(world.switches, target)) throw refusal(world.switches.refusals.nonUserExtension);
}

/** The account's default role, as the system gives it. */
export function defaultRoles(world: World): HeldRole[] {
  return [{ roleId: world.account.defaultRoleId, siteRestricted: false, autoAssigned: true }];
}

function update(call: Call): object {
  const { world, target, caller } = call;
  demandHolder(world, target);
  const sent = readRecords(world, call.body());
  if (sent.length === 0 && world.switches.emptyRoleList === 'refuse')
    throw refusal(world.switches.refusals.emptyRoleList);
  const fallBack = sent.length === 0 && world.switches.emptyRoleList === 'default-role';
  const next = fallBack ? defaultRoles(world) : replaced(world, target, sent);
  guardSuperAdmins(world, caller.extension, [{ extension: target, next }]);
  target.roles = next;
  touch(world);
  return renderList(world, target, true);
}

const PATH = '/restapi/v1.0/account/{accountId}/extension/{extensionId}/assigned-role';

/** Which roles extensions hold: reading all, reading one, replacing, falling back to the default. */
export const ASSIGNED_ROLE_OPERATIONS: readonly Operation[] = [
  {
    operationId: 'listAssignedRoles',
    method: 'GET',
    path: '/restapi/v1.0/account/{accountId}/assigned-role',
    group: 'Medium',
    availability: 'High',
    app: 'ReadAccounts',
    user: { permission: 'ReadAssignedRoles', over: 'account', ownRows: true },
    handle: (call) => ok(listAll(call)),
  },
  {
    operationId: 'listUserAssignedRoles',
    method: 'GET',
    path: PATH,
    group: 'Light',
    availability: 'High',
    app: 'ReadAccounts',
    user: { permission: 'ReadAssignedRoles', over: 'extension' },
    handle: ({ world, target, query }) =>
      ok(renderList(world, target, flag(query, 'showHidden', world.switches.showHiddenByDefault))),
  },
  {
    operationId: 'updateUserAssignedRoles',
    method: 'PUT',
    path: PATH,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: { permission: 'EditAssignedRoles', over: 'extension', write: true },
    handle: (call) => ok(update(call)),
  },
  {
    operationId: 'assignDefaultRole',
    method: 'PUT',
    path: `${PATH}/default`,
    group: 'Medium',
    availability: 'Limited',
    app: 'RoleManagement',
    user: { permission: 'Users', over: 'extension', write: true },
    handle({ world, target, caller }) {
      demandHolder(world, target);
      const others = target.roles.filter((held) => held.roleId !== world.account.defaultRoleId);
      const next = [...(world.switches.defaultRoleKeepsOthers ? others : []), ...defaultRoles(world)];
      guardSuperAdmins(world, caller.extension, [{ extension: target, next }]);
      target.roles = next;
      touch(world);
      return ok(renderList(world, target, true));
    },
  },
];
