import { type Holdings, holdingsOf, type Inclusions } from './effective-permissions.ts';
import { type Difference, differenceOf } from './gains.ts';
import type { RoleId } from './ids.ts';
import type { AssignedRole, Role, RoleSummary } from './roles.ts';

/** A change of a role as its holders feel it. */
export type RoleShift = {
  readonly role: RoleId;
  readonly before: Role;
  /** The role with its new list; null when it is to go. */
  readonly after: Role | null;
  /** Takes the place of an only role that goes; null when it is not known. */
  readonly fallBack: Role | null;
};

/**
 * What a change of a role does to one of its holders, who may hold the same through other roles.
 *
 * RingCentral's portal gives the default role to people who lose their only one.
 *
 * @param roles - contents of the other roles they hold, as far as they could be read
 */
export function effectOn(
  assigned: readonly AssignedRole[],
  shift: RoleShift,
  roles: ReadonlyMap<RoleId, Role>,
  includes: Inclusions,
): Difference & { readonly fallsBack: boolean } {
  const { role, before, after, fallBack } = shift;
  const had = holdingsOf(assigned, withRole(roles, before), includes);
  if (after !== null) {
    const has = holdingsOf(assigned, withRole(roles, after), includes);
    return { ...differenceOf(had, has), fallsBack: false };
  }
  const kept = assigned.filter((held) => held.id !== role);
  const left = kept.length > 0 || fallBack === null ? kept : [assignmentOf(fallBack)];
  const contents = fallBack === null ? roles : withRole(roles, fallBack);
  return { ...differenceOf(had, holdingsOf(left, contents, includes)), fallsBack: kept.length === 0 };
}

/** What a role brings to somebody who holds it without restriction. */
export function holdingsOfRole(role: Role, includes: Inclusions): Holdings {
  return holdingsOf([assignmentOf(role)], new Map([[role.id, role]]), includes);
}

function assignmentOf({ id, displayName }: RoleSummary): AssignedRole {
  return { id, displayName, autoAssigned: false, siteRestricted: false };
}

function withRole(roles: ReadonlyMap<RoleId, Role>, role: Role): ReadonlyMap<RoleId, Role> {
  return new Map([...roles, [role.id, role]]);
}
