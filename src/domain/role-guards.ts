import type { Holdings } from './effective-permissions.ts';
import { type Difference, reachLevel } from './gains.ts';
import { ROLE_CHANGING } from './guards.ts';
import { type PermissionId, permissionId } from './ids.ts';
import type { RoleGuard, RoleIntent } from './role-change.ts';
import { isSuperAdmin, type RoleSummary } from './roles.ts';

/** What guards look at before the definition of a role is changed. */
export type RoleGuardFacts = {
  readonly intent: RoleIntent;
  /** The role; null when it is new. */
  readonly role: RoleSummary | null;
  readonly isDefault: boolean;
  /** What the role brings now, and what somebody would hold through the change who did not before. */
  readonly brings: Holdings;
  readonly wouldBring: Holdings;
  /** What the asker holds without site restriction. */
  readonly askerHolds: Holdings;
  readonly askerIsSuperAdmin: boolean;
  /** What the change does to the asker; null when it does not reach them. */
  readonly forAsker: Difference | null;
  /** The same for the account that the assistant works with, the least that could remain assumed. */
  readonly forServiceAccount: Difference | null;
};

/**
 * What the assistant itself needs of its own account: the rights of every verb, sight of people and of the company, and
 * being let in at all.
 */
const ASSISTANT_NEEDS: readonly PermissionId[] = [
  ...ROLE_CHANGING,
  ...['ReadAssignedRoles', 'ReadUserRoles', 'ReadExtensions', 'ReadCompanyInfo', 'ThirdPartyAppAccess'].map(
    permissionId,
  ),
];

/** Without these nobody can put a mistake right with their own hands. */
const NEEDED_BY_ASKER: readonly PermissionId[] = [
  ...ROLE_CHANGING,
  ...['ReadAssignedRoles', 'ReadUserRoles'].map(permissionId),
];

type Guard = readonly [RoleGuard, (facts: RoleGuardFacts) => boolean];

/** What stands against changing a role's definition, the plainest reason first. */
const GUARDS: readonly Guard[] = [
  ['default-role', ({ intent, isDefault }) => intent === 'delete-role' && isDefault],
  [
    'super-admin-default',
    ({ intent, role }) => intent === 'set-default-role' && role !== null && isSuperAdmin(role.id),
  ],
  ['service-account', ({ forServiceAccount }) => loses(forServiceAccount, ASSISTANT_NEEDS)],
  ['own-lockout', ({ forAsker }) => loses(forAsker, NEEDED_BY_ASKER)],
  ['gains-role-rights-oneself', ({ forAsker }) => gains(forAsker, ROLE_CHANGING)],
  ['role-escalation', (facts) => escalates(facts)],
];

const CUSTOM_ONLY: readonly RoleIntent[] = ['edit-role', 'rename-role', 'delete-role'];

/** Tells whether the role is RingCentral's own, which nobody can edit, rename or delete. */
export function isReadOnly(intent: RoleIntent, role: RoleSummary): boolean {
  return !role.custom && CUSTOM_ONLY.includes(intent);
}

/** Decides what stands against changing a role's definition; null when nothing does. */
export function decideRoleGuard(facts: RoleGuardFacts): RoleGuard | null {
  return GUARDS.find(([, stands]) => stands(facts))?.[0] ?? null;
}

function loses(difference: Difference | null, rights: readonly PermissionId[]): boolean {
  return difference?.losses.some((permission) => rights.includes(permission)) ?? false;
}

function gains(difference: Difference | null, rights: readonly PermissionId[]): boolean {
  return difference?.gains.some((permission) => rights.includes(permission)) ?? false;
}

/**
 * A role that can change roles is made, edited and handed out only by someone who holds all that it brings, as far as
 * it reaches: before the change as well, because a right that is only moved aside can be brought back.
 */
function escalates(facts: RoleGuardFacts): boolean {
  if (facts.askerIsSuperAdmin) return false;
  const looked = facts.intent === 'edit-role' ? [facts.brings, facts.wouldBring] : [facts.wouldBring];
  return looked.some((holdings) => isBeyond(holdings, facts.askerHolds));
}

function isBeyond(holdings: Holdings, askerHolds: Holdings): boolean {
  if (!ROLE_CHANGING.some((permission) => holdings.has(permission))) return false;
  return [...holdings.keys()].some((each) => reachLevel(holdings, each) > reachLevel(askerHolds, each));
}
