import { readFileSync } from 'node:fs';
import type { Permission, PermissionCategory } from './model.ts';

function load<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')) as T;
}

const dictionary = load<{ permissions: Permission[]; categories: PermissionCategory[] }>('permissions.json');

/** Every permission of the dictionary, ordered by id. */
export const PERMISSIONS: readonly Permission[] = dictionary.permissions;

export const PERMISSION_BY_ID: ReadonlyMap<string, Permission> = new Map(PERMISSIONS.map((row) => [row.id, row]));

export const CATEGORIES: readonly PermissionCategory[] = dictionary.categories;

/** Account and extension features, each with the user permission behind it. */
export const FEATURES = load<{ features: { id: string; permission: string }[] }>('features.json').features;

/** App permissions (OAuth scopes) and what each includes. */
export const APP_PERMISSIONS = load<{ appPermissions: { id: string; includes: string[] }[] }>(
  'app-permissions.json',
).appPermissions;

const included: ReadonlyMap<string, readonly string[]> = new Map(APP_PERMISSIONS.map((row) => [row.id, row.includes]));

/** Adds the app permissions that the given ones include, to any depth. */
export function expandAppPermissions(scopes: Iterable<string>): Set<string> {
  const all = new Set(scopes);
  for (const scope of all) for (const more of included.get(scope) ?? []) all.add(more);
  return all;
}

/** Adds the permissions that the given ones include, to any depth: the server grants implied ones by itself. */
export function expandPermissions(ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (const id of all) for (const more of PERMISSION_BY_ID.get(id)?.includedPermissions ?? []) all.add(more);
  return all;
}
