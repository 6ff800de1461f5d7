import { isFault } from '../../domain/faults.ts';
import type { Extension, Site } from '../../domain/people.ts';
import type { Permission } from '../../domain/permissions.ts';
import type { RoleSummary } from '../../domain/roles.ts';
import type { Call, Names } from '../../usecases/ports.ts';
import type { FullDirectory } from './directory.ts';
import type { Progress } from './read.ts';

/** Everything that names are made of, as read. */
export type NameFacts = Pick<Names, 'account' | 'people' | 'sites' | 'roles' | 'permissions' | 'readAt'>;

/**
 * Reads all names of the account as the service account.
 *
 * Everything is needed: an index without, say, the permission dictionary would answer "unknown permission" to
 * everybody, so a part that cannot be read fails the whole, with the fault that names what the service account lacks.
 * The exceptions are the list of sites, a feature that an account may not have, and the names of permission categories.
 */
export async function readNames(
  directory: FullDirectory,
  now: () => number,
  call: Call,
  progress: Progress = () => {},
): Promise<NameFacts> {
  const readAt = now();
  const stop = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
  const each: Call = { ...call, signal };
  try {
    const [account, listed, sites, roles, permissions, categories] = await Promise.all([
      directory.readAccount(each),
      directory.listExtensions(each, progress),
      readSites(directory, each),
      directory.listRoles(null, each),
      directory.listPermissions(null, each),
      readCategories(directory, each),
    ]);
    const name = mostFrequent(listed.companies) ?? account.mainNumber ?? account.id;
    return {
      account: { id: account.id, name, zone: account.zone },
      people: listed.extensions,
      sites: withSitesOf(listed.extensions, sites),
      roles,
      permissions: permissions.map((permission) => withCategory(permission, categories)),
      readAt,
    };
  } catch (error) {
    stop.abort();
    throw error;
  }
}

async function readSites(directory: FullDirectory, call: Call): Promise<readonly Site[]> {
  try {
    return await directory.listSites(call);
  } catch (error) {
    // "Feature [X] is unavailable": an account with a single site.
    if (isFault(error, 'directory-forbidden') && error.data.errorCode === 'CMN-109') return [];
    throw error;
  }
}

/** Names of categories by id; where RingCentral does not show them, the ids have to do. */
async function readCategories(directory: FullDirectory, call: Call): Promise<ReadonlyMap<string, string>> {
  try {
    const categories = await directory.listPermissionCategories(call);
    return new Map(categories.flatMap(({ id, displayName }) => (displayName ? [[id, displayName]] : [])));
  } catch (error) {
    if (isFault(error, 'directory-forbidden') || isFault(error, 'directory-not-found')) return new Map();
    throw error;
  }
}

function withCategory(permission: Permission, names: ReadonlyMap<string, string>): Permission {
  const { category } = permission;
  return category === null ? permission : { ...permission, category: names.get(category) ?? category };
}

/** Sites that people name although the listing does not. */
function withSitesOf(people: readonly Extension[], listed: readonly Site[]): readonly Site[] {
  const sites = new Map(listed.map((site) => [site.id, site]));
  for (const { site } of people) if (site && !sites.has(site.id)) sites.set(site.id, site);
  return [...sites.values()];
}

/** The account resource holds no company name; the contacts of its people do. */
function mostFrequent(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  let best: string | null = null;
  for (const text of texts) {
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (best === null || count > (counts.get(best) ?? 0)) best = text;
  }
  return best;
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Names that several rows share belong to none of them: acting on the wrong role is worse than asking. */
function uniqueBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  const shared = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (found.has(key)) shared.add(key);
    found.set(key, row);
  }
  for (const key of shared) found.delete(key);
  return found;
}

/** Makes the look-ups; each takes the same time whatever the size of the account. */
export function indexNames(facts: NameFacts): Names {
  const byId = new Map(facts.people.map((person) => [person.id as string, person]));
  const byNumber = uniqueBy(facts.people, (person) => person.number);
  const exactRoles = uniqueBy<RoleSummary>(facts.roles, (role) => role.displayName);
  const foldedRoles = uniqueBy<RoleSummary>(facts.roles, (role) => folded(role.displayName));
  const exactPermissions = new Map<string, Permission>(facts.permissions.map((row) => [row.id, row]));
  const foldedPermissions = uniqueBy<Permission>(facts.permissions, (row) => folded(row.id));
  const departments = new Set(facts.people.flatMap((person) => (person.department ? [person.department] : [])));
  return {
    ...facts,
    departments: [...departments].sort(),
    byId: (extension) => byId.get(extension),
    byNumber: (number) => byNumber.get(number),
    roleByName: (name) => exactRoles.get(name) ?? foldedRoles.get(folded(name)),
    permissionById: (id) => exactPermissions.get(id) ?? foldedPermissions.get(folded(id)),
  };
}
