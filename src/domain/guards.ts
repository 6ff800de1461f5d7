import type { GuardReason } from './change.ts';
import type { Holdings } from './effective-permissions.ts';
import { type Difference, reachLevel } from './gains.ts';
import { type ExtensionId, type PermissionId, permissionId } from './ids.ts';
import { rolesOnlyIn } from './merge.ts';
import { type Extension, isUser } from './people.ts';
import { type AssignedRole, isSuperAdmin } from './roles.ts';

/** The permissions with which somebody can change who may do what. */
export const ROLE_CHANGING: readonly PermissionId[] = ['EditAssignedRoles', 'EditUserRoles', 'Roles', 'Users'].map(
  permissionId,
);

/** What guards look at for one person of a plan. */
export type GuardFacts = {
  readonly person: Extension;
  readonly asker: ExtensionId;
  /** Extension whose token carries the assistant itself. */
  readonly serviceAccount: ExtensionId;
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly difference: Difference;
  /** What the roles that are added would bring. */
  readonly added: Holdings;
  /** What the asker holds without site restriction. */
  readonly askerHolds: Holdings;
  readonly askerIsSuperAdmin: boolean;
  /** Enabled Super Admins who would be left; null when the plan takes the role from nobody. */
  readonly superAdminsLeft: number | null;
  /** Permissions that the asker needs for this very change; losing them would lock the asker out. */
  readonly rightsUsed: readonly PermissionId[];
};

type Guard = readonly [GuardReason, (facts: GuardFacts) => boolean];

/**
 * What stands against a change, the plainest reason first.
 *
 * Giving or taking Super Admin needs the asker and an approver, and a gain of role-changing rights for oneself needs
 * a second person: neither can be asked yet, so both are refused.
 */
const GUARDS: readonly Guard[] = [
  ['not-a-user', ({ person }) => !isUser(person)],
  ['service-account', ({ person, serviceAccount }) => person.id === serviceAccount],
  ['disabled', (facts) => facts.person.status === 'Disabled' && gives(facts)],
  ['not-activated', (facts) => facts.person.status !== 'Enabled' && facts.person.status !== 'Disabled' && gives(facts)],
  ['no-role-left', ({ after }) => after.length === 0],
  ['last-super-admin', (facts) => losesSuperAdmin(facts) && facts.superAdminsLeft === 0],
  ['own-lockout', (facts) => isOwn(facts) && losesRights(facts)],
  ['gains-role-rights-oneself', (facts) => isOwn(facts) && gainsRights(facts)],
  ['protected-role', (facts) => touchesSuperAdmin(facts)],
  ['escalation', (facts) => escalates(facts)],
];

/** Decides what stands against changing one person; null when nothing does. */
export function decideGuard(facts: GuardFacts): GuardReason | null {
  return GUARDS.find(([, stands]) => stands(facts))?.[0] ?? null;
}

/** The default role that takes the place of the last one is not a gift: taking from disabled people is allowed. */
function gives({ before, after, difference }: GuardFacts): boolean {
  const added = rolesOnlyIn(after, before);
  if (added.length === 0) return false;
  return difference.gains.length > 0 || rolesOnlyIn(before, after).length === 0;
}

function isOwn({ person, asker }: GuardFacts): boolean {
  return person.id === asker;
}

function losesRights({ difference, rightsUsed }: GuardFacts): boolean {
  const rights = [...rightsUsed, permissionId('EditAssignedRoles')];
  return difference.losses.some((permission) => rights.includes(permission));
}

function gainsRights({ difference }: GuardFacts): boolean {
  return difference.gains.some((permission) => ROLE_CHANGING.includes(permission));
}

function losesSuperAdmin({ before, after }: GuardFacts): boolean {
  return rolesOnlyIn(before, after).some((role) => isSuperAdmin(role.id));
}

function touchesSuperAdmin({ before, after }: GuardFacts): boolean {
  return [...rolesOnlyIn(before, after), ...rolesOnlyIn(after, before)].some((role) => isSuperAdmin(role.id));
}

/** A role that can change roles is given only by someone who holds all that it brings, as far as it reaches. */
function escalates({ added, askerHolds, askerIsSuperAdmin }: GuardFacts): boolean {
  if (askerIsSuperAdmin || !ROLE_CHANGING.some((permission) => added.has(permission))) return false;
  return [...added.keys()].some((permission) => reachLevel(added, permission) > reachLevel(askerHolds, permission));
}
