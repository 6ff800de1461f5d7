import type { AccountFile, PersonRow } from './account-file.ts';
import { buildRole } from './build-roles.ts';
import { growPeople } from './grow.ts';
import { extensionIdAt, siteIdAt } from './ids.ts';
import { type Account, type Extension, type HeldRole, MAIN_SITE, type Site } from './model.ts';

const FIRST_CUSTOM_ROLE = 600_001;

/**
 * Builds the account: the sites, roles and people of the file, then invented people up to `people` extensions.
 *
 * @param people - extensions in all; fewer than the file has means the file's
 * @param now - epoch milliseconds; when the account was made
 */
export function buildAccount(file: AccountFile, options: { people: number; seed: number; now: number }): Account {
  const sites = file.company.sites.map(buildSite);
  const roles = new Map(file.roles.map((row) => [row.id, buildRole(pickRole(row), options.now)]));
  const roleIdByName = new Map(file.roles.map((row) => [row.displayName, row.id]));
  const siteIdByName = new Map(sites.map((site) => [site.name, site.id]));
  const named = file.people.map((row, index) => buildPerson(row, index, roleIdByName, siteIdByName, options.now));
  const grown = growPeople(options.people, named.length, options.seed, {
    file,
    siteIds: sites.map((site) => site.id),
    roleIdByName,
    createdAt: options.now,
  });
  const extensions = [...named, ...grown];
  return {
    id: file.company.accountId,
    company: file.company.name,
    timeZone: file.company.timeZone,
    sites,
    extensions,
    byId: new Map(extensions.map((extension) => [String(extension.id), extension])),
    byNumber: new Map(extensions.map((extension) => [extension.number, extension])),
    roles,
    defaultRoleId: required(roleIdByName, file.defaultRole, 'role'),
    nextRoleId: Math.max(FIRST_CUSTOM_ROLE, ...file.roles.map((row) => Number(row.id))) + 1,
  };
}

function pickRole(row: AccountFile['roles'][number]): { id: string; displayName: string; custom: boolean } {
  return { id: row.id, displayName: row.displayName, custom: row.custom };
}

function buildSite(name: string, index: number): Site {
  return {
    id: index === 0 ? MAIN_SITE : siteIdAt(index),
    name,
    code: String(10 + index),
    extensionNumber: String(900 + index),
  };
}

function buildPerson(
  row: PersonRow,
  index: number,
  roleIds: ReadonlyMap<string, string>,
  siteIds: ReadonlyMap<string, string>,
  now: number,
): Extension {
  const [firstName, ...rest] = row.name.split(' ');
  const siteId = required(siteIds, row.site, 'site');
  const siteBound = isSiteBound(row, siteId);
  return {
    id: extensionIdAt(index),
    number: row.ext,
    firstName: firstName ?? row.name,
    lastName: rest.join(' '),
    name: row.name,
    email: row.email ?? null,
    type: row.type,
    named: true,
    createdAt: now,
    status: row.status ?? 'Enabled',
    department: row.department ?? null,
    siteId,
    roles: (row.roles ?? []).map((name) => held(required(roleIds, name, 'role'), siteBound)),
    administeredSites: siteBound ? [siteId] : [],
  };
}

/** The file's one rule about sites: a Role Steward who does not sit at the main site governs their own site only. */
function isSiteBound(row: PersonRow, siteId: string): boolean {
  return siteId !== MAIN_SITE && (row.roles ?? []).includes('Role Steward');
}

function held(roleId: string, siteRestricted: boolean): HeldRole {
  return { roleId, siteRestricted, autoAssigned: false };
}

function required(ids: ReadonlyMap<string, string>, name: string, what: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the account file names an unknown ${what}: ${name}`);
  return id;
}
