import type { Extension } from '../account/model.ts';
import { rolesOf } from '../gates.ts';
import type { World } from '../world.ts';

const MOST = 1000;

function renderPerson(world: World, extension: Extension): object {
  const site = world.account.sites.find((candidate) => candidate.id === extension.siteId);
  return {
    ext: extension.number,
    extensionId: String(extension.id),
    name: extension.name,
    email: extension.email,
    type: extension.type,
    status: extension.status,
    department: extension.department,
    site: site?.name ?? null,
    administeredSites: extension.administeredSites,
    roles: rolesOf(world.account, extension).map(({ roleId, siteRestricted, autoAssigned }) => ({
      id: roleId,
      displayName: world.account.roles.get(roleId)?.displayName ?? null,
      siteRestricted,
      autoAssigned,
    })),
  };
}

function matches(extension: Extension, wanted: string): boolean {
  return extension.number.startsWith(wanted) || extension.name.toLowerCase().includes(wanted);
}

/** The account as it is now: people (filtered by `q`, at most `limit`), roles, default role. */
export function renderState(world: World, query: URLSearchParams): object {
  const { account } = world;
  const wanted = (query.get('q') ?? '').trim().toLowerCase();
  const limit = Math.min(MOST, Math.max(1, Number(query.get('limit') ?? 100) || 100));
  const found = wanted === '' ? account.extensions : account.extensions.filter((one) => matches(one, wanted));
  return {
    version: world.version,
    accountId: String(account.id),
    company: account.company,
    limitedMode: world.limitedMode,
    people: found.slice(0, limit).map((extension) => renderPerson(world, extension)),
    found: found.length,
    total: account.extensions.length,
    roles: [...account.roles.values()].map(({ id, displayName, custom, hidden, permissions }) => ({
      id,
      displayName,
      custom,
      hidden,
      permissions: permissions.size,
    })),
    sites: account.sites.map(({ id, name }) => ({ id, name })),
    defaultRoleId: account.defaultRoleId,
  };
}
