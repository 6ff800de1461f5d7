import { readFileSync } from 'node:fs';
import { expandPermissions, PERMISSION_BY_ID, PERMISSIONS } from './dictionary.ts';
import type { Reach, Role, RoleEntry } from './model.ts';

type ByReach = Partial<Record<Reach, readonly string[]>>;
type Recipe = {
  readonly id: string;
  readonly scope: string;
  readonly siteCompatible: boolean;
  readonly description: string;
  readonly like?: string;
  readonly everything?: true;
  readonly standard?: true;
  readonly with?: ByReach;
  readonly without?: readonly string[];
};

const book = JSON.parse(readFileSync(new URL('../data/roles.json', import.meta.url), 'utf8')) as {
  base: ByReach;
  roles: Recipe[];
};
const recipes = new Map(book.roles.map((recipe) => [recipe.id, recipe]));

/** How wide a reach is, so that adding a permission twice keeps the wider one. */
export const REACH_WIDTH: Readonly<Record<Reach, number>> = {
  Self: 0,
  NonUserExtensions: 1,
  UserExtensions: 2,
  RoleBased: 3,
  Account: 4,
  AllExtensions: 5,
  Federation: 6,
};

function addAll(reaches: Map<string, Reach>, added: ByReach): void {
  for (const [reach, ids] of Object.entries(added) as [Reach, readonly string[]][]) {
    for (const id of ids) add(reaches, id, reach);
  }
}

function add(reaches: Map<string, Reach>, id: string, reach: Reach): void {
  if (!PERMISSION_BY_ID.has(id)) throw new Error(`role data names an unknown permission: ${id}`);
  const held = reaches.get(id);
  if (held === undefined || REACH_WIDTH[reach] > REACH_WIDTH[held]) reaches.set(id, reach);
}

function contents(id: string): Map<string, Reach> {
  const recipe = recipes.get(id);
  if (recipe === undefined) throw new Error(`no contents are known for role ${id}`);
  const reaches = recipe.like === undefined ? new Map<string, Reach>() : contents(recipe.like);
  addAll(reaches, book.base);
  for (const row of PERMISSIONS) {
    if (recipe.everything) reaches.set(row.id, row.superAdmin);
    if (recipe.standard && row.standard !== null) reaches.set(row.id, row.standard);
  }
  addAll(reaches, recipe.with ?? {});
  for (const gone of recipe.without ?? []) reaches.delete(gone);
  for (const [holder, reach] of [...reaches]) {
    for (const implied of expandPermissions([holder])) if (!reaches.has(implied)) reaches.set(implied, reach);
  }
  return reaches;
}

function sorted(reaches: Map<string, Reach>): Map<string, RoleEntry> {
  const ids = [...reaches].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(ids.map(([id, reach]) => [id, { reach, capabilities: null }]));
}

/** Builds one role of the account file from its recipe in `data/roles.json`. @throws {Error} when there is none */
export function buildRole(row: { id: string; displayName: string; custom: boolean }, updatedAt: number): Role {
  const recipe = recipes.get(row.id);
  if (recipe === undefined) throw new Error(`no contents are known for role ${row.id} (${row.displayName})`);
  return {
    ...row,
    description: recipe.description,
    scope: recipe.scope,
    hidden: false,
    siteCompatible: recipe.siteCompatible,
    updatedAt,
    permissions: sorted(contents(row.id)),
  };
}

/**
 * Reach of a permission on a role made through the API.
 *
 * How role scope and permission reach depend on each other is not published. Here a Self role gives a permission
 * the reach that role 3 gives it, any wider role the reach that role 1 gives it.
 */
export function reachOnCustomRole(permissionId: string, roleScope: string): Reach {
  const row = PERMISSION_BY_ID.get(permissionId);
  if (row === undefined) return 'Self';
  return roleScope === 'Self' ? (row.standard ?? row.superAdmin) : row.superAdmin;
}
