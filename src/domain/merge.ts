import type { RoleId } from './ids.ts';
import { type AssignedRole, type RoleSummary, type RoleToAssign, sameAssignments } from './roles.ts';

/** One act on somebody's roles, with the roles themselves instead of their names. */
export type RoleAct = {
  readonly intent: 'assign-role' | 'remove-role' | 'set-roles' | 'swap-role' | 'reset-roles';
  readonly roles: readonly RoleSummary[];
  readonly removed: readonly RoleSummary[];
};

/** Facts about one act on one person that its preview tells. */
export type MergeNote =
  | { readonly kind: 'already-has'; readonly role: string }
  | { readonly kind: 'does-not-have'; readonly role: string }
  | { readonly kind: 'default-takes-place'; readonly role: string };

export type Merged = { readonly after: readonly AssignedRole[]; readonly notes: readonly MergeNote[] };

/**
 * Computes the list that replaces the one a person has: RingCentral only knows the whole list.
 *
 * Every role that stays keeps its site restriction, because a replacement without it would widen the role. Where
 * nothing would remain the account's default role takes the place. Without a known default, or when that is the very
 * role to take away, the list is left empty and a guard refuses it.
 */
export function mergeRoles(
  before: readonly AssignedRole[],
  acts: readonly RoleAct[],
  defaultRole: RoleSummary | null,
): Merged {
  // A role that one act takes and a later one gives again comes back as it was held: anew it would be unrestricted.
  const assignment = (role: RoleSummary) => before.find((held) => held.id === role.id) ?? newAssignment(role);
  let after = before;
  const notes: MergeNote[] = [];
  for (const act of acts) {
    const merged = mergeOne(after, act, defaultRole, assignment);
    after = merged.after;
    notes.push(...merged.notes);
  }
  if (after.length === 0 && defaultRole !== null && before.length > 0 && !has(before, defaultRole.id)) {
    after = [assignment(defaultRole)];
    notes.push({ kind: 'default-takes-place', role: defaultRole.displayName });
  }
  return { after: sameAssignments(before, after) ? before : after, notes };
}

type Assignment = (role: RoleSummary) => AssignedRole;

function newAssignment({ id, displayName }: RoleSummary): AssignedRole {
  return { id, displayName, autoAssigned: false, siteRestricted: false };
}

function mergeOne(
  held: readonly AssignedRole[],
  act: RoleAct,
  defaultRole: RoleSummary | null,
  assignment: Assignment,
): Merged {
  switch (act.intent) {
    case 'assign-role':
      return { after: withRoles(held, act.roles, assignment), notes: notesFor(held, act.roles, true, 'already-has') };
    case 'remove-role':
      return { after: without(held, act.roles), notes: notesFor(held, act.roles, false, 'does-not-have') };
    case 'set-roles':
      return { after: act.roles.map(assignment), notes: [] };
    case 'swap-role':
      return swap(held, act, assignment);
    case 'reset-roles':
      return { after: defaultRole === null ? [] : [assignment(defaultRole)], notes: [] };
  }
}

/** A swap of something the person does not have changes nothing: giving alone was not asked for. */
function swap(held: readonly AssignedRole[], act: RoleAct, assignment: Assignment): Merged {
  const missing = notesFor(held, act.removed, false, 'does-not-have');
  if (missing.length === act.removed.length) return { after: held, notes: missing };
  return { after: withRoles(without(held, act.removed), act.roles, assignment), notes: missing };
}

function withRoles(
  held: readonly AssignedRole[],
  roles: readonly RoleSummary[],
  assignment: Assignment,
): readonly AssignedRole[] {
  return [...held, ...roles.filter((role) => !has(held, role.id)).map(assignment)];
}

function without(before: readonly AssignedRole[], roles: readonly RoleSummary[]): readonly AssignedRole[] {
  return before.filter((held) => !roles.some((role) => role.id === held.id));
}

function has(roles: readonly AssignedRole[], role: RoleId): boolean {
  return roles.some((held) => held.id === role);
}

function notesFor(
  before: readonly AssignedRole[],
  roles: readonly RoleSummary[],
  held: boolean,
  kind: 'already-has' | 'does-not-have',
): readonly MergeNote[] {
  return roles.filter((role) => has(before, role.id) === held).map((role) => ({ kind, role: role.displayName }));
}

/** What a full replacement has to send so that exactly this list stands. */
export function toAssign(roles: readonly AssignedRole[]): readonly RoleToAssign[] {
  return roles.map(({ id, siteRestricted }) => ({ id, siteRestricted }));
}

/** The roles of one list that the other lacks. */
export function rolesOnlyIn(one: readonly AssignedRole[], other: readonly AssignedRole[]): readonly AssignedRole[] {
  return one.filter((role) => !has(other, role.id));
}
