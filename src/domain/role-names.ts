import type { NameRule } from './role-change.ts';
import type { RoleSummary } from './roles.ts';

/** RingCentral's pattern: no angle bracket, slash or double quote, and, through its dot, no line break. */
const FORBIDDEN = /[<>/"\n\r\u2028\u2029]/;
/** Signs that hide or turn text: RingCentral may take them, people cannot tell such a name from another. */
const INVISIBLE = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
const LONGEST_NAME = 128;
const LONGEST_DESCRIPTION = 2000;

/** A name as it is written: spaces around it are a slip of the hand. */
export function tidyName(name: string): string {
  return name.trim();
}

/** Tells which rule a name breaks; null when RingCentral's document allows it and people can read it. */
export function brokenNameRule(name: string): NameRule | null {
  if (name.trim() === '') return 'empty';
  if (name.length > LONGEST_NAME) return 'too-long';
  return FORBIDDEN.test(name) || INVISIBLE.test(name) || !name.isWellFormed() ? 'signs' : null;
}

/** Tells whether RingCentral's document allows a description. */
export function isDescription(text: string): boolean {
  return text.length <= LONGEST_DESCRIPTION && !FORBIDDEN.test(text);
}

/**
 * Finds the role that already has a name. Whether RingCentral allows two of one name is not documented; people could
 * not tell them apart, so it is not done. Case, width and outer spaces do not make a name another one.
 */
export function roleNamed(name: string, roles: readonly RoleSummary[]): RoleSummary | null {
  return roles.find((role) => fold(role.displayName) === fold(name)) ?? null;
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
