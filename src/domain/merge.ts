import type { RoleId } from './ids.ts';
import { type AssignedRole, type RoleSummary, type RoleToAssign, sameAssignments } from './roles.ts';

/** One act on somebody's roles, with the roles themselves instead of their names. */
export type RoleAct =
  | {
      readonly intent: 'assign-role' | 'remove-role' | 'set-roles' | 'swap-role';
      readonly roles: readonly RoleSummary[];
      readonly removed: readonly RoleSummary[];
    }
  /** Only the default role is left: by RingCentral's own call for it, or as a list like any other. */
  | { readonly intent: 'reset-roles' | 'offboard' }
  /**
   * The model's roles take the place of the receiver's. A role new to the receiver comes with the model's restriction;
   * hidden roles are RingCentral's own and stay where they are.
   */
  | {
      readonly intent: 'copy-roles';
      readonly model: readonly AssignedRole[];
      readonly hidden: ReadonlySet<RoleId>;
      /** Roles that the model has for a time only: copied they would have no end. */
      readonly temporary: ReadonlySet<RoleId>;
    }
  | { readonly intent: 'undo'; readonly restore: Restore };

/** What taking back one change of one person means. */
export type Restore = {
  /** The list before that change, without roles that no longer exist. */
  readonly earlier: readonly AssignedRole[];
  /** The list that the change left; whoever has another one now was changed since. */
  readonly left: readonly AssignedRole[];
  /** Roles of the earlier list that no longer exist. */
  readonly gone: readonly string[];
  /** Roles that were held for a time only, which is over by now: they are left out of the earlier list. */
  readonly over: readonly string[];
  /** The record of the change. */
  readonly intent: string;
  readonly mode: RestoreMode;
};

/**
 * How far to go for somebody who was changed since: nothing at all, the earlier list as it was (what was added since is
 * lost), or only what the change itself had given and taken.
 */
export type RestoreMode = 'untouched-only' | 'exact' | 'take-back';

/** Facts about one act on one person that its preview tells. */
export type MergeNote =
  | { readonly kind: 'already-has'; readonly role: string }
  /** It was meant for a time, and the person had it without an end before. */
  | { readonly kind: 'has-for-good'; readonly role: string }
  | { readonly kind: 'does-not-have'; readonly role: string }
  | { readonly kind: 'default-takes-place'; readonly role: string }
  /** Somebody changed the list after the change that is to be undone. */
  | { readonly kind: 'changed-since' }
  /** A role of a model that has it for a time only. */
  | { readonly kind: 'only-for-a-time'; readonly role: string }
  /** A role of the earlier list that no longer exists. */
  | { readonly kind: 'gone'; readonly role: string }
  /** A role of the earlier list whose time is over. */
  | { readonly kind: 'time-over'; readonly role: string };

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
  const assignment: Assignment = (role) => before.find((held) => held.id === role.id) ?? newAssignment(role);
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

type Assignment = (role: RoleSummary | AssignedRole) => AssignedRole;
type NamedRoles = Extract<RoleAct, { readonly roles: readonly RoleSummary[] }>;

/** Of a role that comes from somebody else's list the restriction comes with it. */
function newAssignment(role: RoleSummary | AssignedRole): AssignedRole {
  const { id, displayName } = role;
  return { id, displayName, autoAssigned: false, siteRestricted: 'siteRestricted' in role && role.siteRestricted };
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
    case 'offboard':
      return { after: defaultRole === null ? [] : [assignment(defaultRole)], notes: [] };
    case 'copy-roles':
      return copy(held, act, assignment);
    case 'undo':
      return restore(held, act.restore);
  }
}

function copy(
  held: readonly AssignedRole[],
  act: Extract<RoleAct, { intent: 'copy-roles' }>,
  assignment: Assignment,
): Merged {
  const ownHidden = held.filter((role) => act.hidden.has(role.id));
  // What both hold stays as the receiver holds it: a model without restriction must not widen it unseen.
  const isLasting = (role: AssignedRole) => !act.temporary.has(role.id) || has(held, role.id);
  const seen = act.model.filter((role) => !act.hidden.has(role.id));
  const left = seen.filter((role) => !isLasting(role));
  const notes = left.map((role): MergeNote => ({ kind: 'only-for-a-time', role: role.displayName }));
  return { after: [...ownHidden, ...seen.filter(isLasting).map(assignment)], notes };
}

function restore(held: readonly AssignedRole[], { earlier, left, gone, over, mode }: Restore): Merged {
  const notes: MergeNote[] = [
    ...gone.map((role) => ({ kind: 'gone', role }) as const),
    ...over.map((role) => ({ kind: 'time-over', role }) as const),
  ];
  if (sameAssignments(held, left)) return { after: earlier, notes };
  const since: MergeNote = { kind: 'changed-since' };
  if (mode === 'untouched-only') return { after: held, notes: [since] };
  if (mode === 'exact') return { after: earlier, notes: [since, ...notes] };
  const given = left.filter((role) => !has(earlier, role.id));
  const taken = earlier.filter((role) => !has(left, role.id) && !has(held, role.id));
  const kept = held.filter((role) => !has(given, role.id));
  return { after: [...kept.map((role) => asEarlier(role, earlier, left)), ...taken], notes: [since, ...notes] };
}

/** A role whose restriction the change itself had moved gets the earlier one again. */
function asEarlier(role: AssignedRole, earlier: readonly AssignedRole[], left: readonly AssignedRole[]): AssignedRole {
  const was = earlier.find(({ id }) => id === role.id);
  const became = left.find(({ id }) => id === role.id);
  return was === undefined || became === undefined || was.siteRestricted === became.siteRestricted ? role : was;
}

/** A swap of something the person does not have changes nothing: giving alone was not asked for. */
function swap(held: readonly AssignedRole[], act: NamedRoles, assignment: Assignment): Merged {
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
