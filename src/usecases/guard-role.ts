import { type Holdings, holdingsOf, inclusionsOf } from '../domain/effective-permissions.ts';
import type { Difference } from '../domain/gains.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { RoleGuard, RoleIntent } from '../domain/role-change.ts';
import { type Drafted, roleAfter, shiftOf } from '../domain/role-draft.ts';
import { decideRoleGuard, type RoleGuardFacts } from '../domain/role-guards.ts';
import { effectOn, holdingsOfRole, type RoleShift } from '../domain/role-reach.ts';
import { isSuperAdmin, type Role, type RoleInFull } from '../domain/roles.ts';
import type { Session } from './session.ts';

/** The roles of a change as they are now. */
export type RolesOfChange = {
  readonly role: RoleInFull | null;
  readonly base: RoleInFull | null;
  /** The account's default role, where the change hangs on it. */
  readonly byDefault: Role | null;
};

/** Decides what stands against changing a role, from what the asker and the assistant itself hold now. */
export async function guardRole(
  session: Session,
  intent: RoleIntent,
  roles: RolesOfChange,
  drafted: Drafted,
): Promise<RoleGuard | null> {
  const includes = inclusionsOf(session.names.permissions);
  const asker = session.asker.person.id;
  const reaches = intent !== 'create-role' && intent !== 'set-default-role';
  // The least that could remain is assumed where a loss would lock somebody out.
  const shift = reaches ? shiftOf(drafted, roles.byDefault, false) : null;
  const facts: RoleGuardFacts = {
    intent,
    role: roles.role,
    isDefault: roles.role !== null && roles.role.id === roles.byDefault?.id,
    brings: roles.role === null ? new Map() : holdingsOfRole(roles.role, includes),
    wouldBring: wouldBring(intent, roles, drafted, session),
    ...(await askersOwn(session)),
    forAsker: shift === null ? null : await effectOf(session, asker, shift),
    forServiceAccount: shift === null ? null : await effectOf(session, await session.facts.serviceAccount(), shift),
  };
  return decideRoleGuard(facts);
}

/** What somebody comes to hold by the change: the role as it would be, or the one that takes its place. */
function wouldBring(intent: RoleIntent, roles: RolesOfChange, drafted: Drafted, session: Session): Holdings {
  const given = intent === 'delete-role' ? roles.byDefault : (roleAfter(drafted, true) ?? roles.role);
  return given === null ? new Map() : holdingsOfRole(given, inclusionsOf(session.names.permissions));
}

async function askersOwn(session: Session): Promise<Pick<RoleGuardFacts, 'askerHolds' | 'askerIsSuperAdmin'>> {
  const assigned = await session.facts.assignedRoles(session.asker.person.id);
  const free = assigned.filter((role) => !role.siteRestricted);
  const { roles } = await session.facts.roles(free.map((role) => role.id));
  return {
    askerHolds: holdingsOf(free, roles, inclusionsOf(session.names.permissions)),
    askerIsSuperAdmin: free.some((role) => isSuperAdmin(role.id)),
  };
}

/** What a change does to one person of whom a guard asks; null when they do not hold the role. */
async function effectOf(session: Session, person: ExtensionId, shift: RoleShift): Promise<Difference | null> {
  const assigned = await session.facts.assignedRoles(person);
  if (!assigned.some((role) => role.id === shift.role)) return null;
  const { roles } = await session.facts.roles(assigned.map((role) => role.id));
  return effectOn(assigned, shift, roles, inclusionsOf(session.names.permissions));
}
