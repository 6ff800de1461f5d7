import type { Permission } from '../../domain/permissions.ts';
import type { NameGroup } from '../card.ts';
import { plain } from '../words.ts';

const NONE = 'Without a category';

/** The category that a permission stands in, as RingCentral's dictionary calls it. */
export function categoryName({ category }: Pick<Permission, 'category'>): string {
  return plain(category ?? '') || NONE;
}

/** A permission in few signs: the id is left out where it is the display name without its spaces. */
export function briefName({ id, displayName }: Pick<Permission, 'id' | 'displayName'>): string {
  const name = plain(displayName ?? '');
  if (name === '') return id;
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase() === id.toLowerCase() ? name : `${name} (${id})`;
}

/** Signs that names with their ids may take; past it they would crowd each other out of a message. */
const WITH_IDS_AT_MOST = 6_000;

/** How to name permissions of one answer: with their ids, or, where there are very many, by their names alone. */
export function namer(permissions: readonly Permission[]): (permission: Permission) => string {
  const length = permissions.reduce((sum, permission) => sum + briefName(permission).length, 0);
  return length <= WITH_IDS_AT_MOST ? briefName : ({ id, displayName }) => plain(displayName ?? '') || id;
}

/** Permissions under their categories, both in the order of the alphabet; those without a category last. */
export function byCategory(permissions: readonly Permission[], nameOf = namer(permissions)): readonly NameGroup[] {
  const groups = new Map<string, string[]>();
  for (const permission of permissions) {
    const name = categoryName(permission);
    groups.set(name, [...(groups.get(name) ?? []), nameOf(permission)]);
  }
  return [...groups].map(([name, items]) => ({ name, items: items.sort(byWords) })).sort(byGroup);
}

/** `User Settings 12, Features 3`: how many of each category, most first. */
export function categoryCounts(permissions: readonly Permission[]): string {
  const sizes = byCategory(permissions).map(({ name, items }) => ({ name, size: items.length }));
  sizes.sort((one, other) => other.size - one.size);
  return sizes.map(({ name, size }) => `${name} ${size}`).join(', ');
}

/** Order of words as people look them up, the same on every machine. */
export function byWords(one: string, other: string): number {
  return one.localeCompare(other, 'en');
}

function byGroup(one: NameGroup, other: NameGroup): number {
  if (one.name === NONE || other.name === NONE) return Number(one.name === NONE) - Number(other.name === NONE);
  return byWords(one.name, other.name);
}
