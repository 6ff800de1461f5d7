import { type Authority, isRefusal } from '../domain/authority.ts';
import { summaryOf } from '../domain/cures.ts';
import { isFault } from '../domain/faults.ts';
import { fingerprintOfRole } from '../domain/fingerprint.ts';
import type { RoleId } from '../domain/ids.ts';
import type { RoleIntent, RolePlan, RoleProblem } from '../domain/role-change.ts';
import {
  type Drafted,
  draftDefault,
  draftDeletion,
  draftEdit,
  draftNew,
  draftRestored,
  shiftOf,
} from '../domain/role-draft.ts';
import { isReadOnly } from '../domain/role-guards.ts';
import { dictionaryOf } from '../domain/role-merge.ts';
import { brokenNameRule, roleNamed } from '../domain/role-names.ts';
import type { RoleInFull } from '../domain/roles.ts';
import { establishAuthority, writerFor } from './establish-authority.ts';
import { type Gate, open, shut } from './gate.ts';
import { guardRole, type RolesOfChange } from './guard-role.ts';
import type { RoleAim } from './role-aim.ts';
import { holdersOf, peopleWithoutRole, reachOf } from './role-reach.ts';
import type { Session } from './session.ts';

/** The verbs that change what roles are. */
type RoleVerb = 'edit-role' | 'default-role';

/** A plan with the right it rests on. */
export type PlannedRole = { readonly plan: RolePlan; readonly authority: Authority<RoleVerb> };

/** The right that a change takes. */
function roleVerbOf(intent: RoleIntent): RoleVerb {
  return intent === 'set-default-role' ? 'default-role' : 'edit-role';
}

/**
 * Reads a change of a role's definition against RingCentral: the right first, then the role as it is now, what would be
 * written, whom it reaches, and what stands against it. Nothing is written.
 */
export async function buildRolePlan(session: Session, aim: RoleAim): Promise<Gate<PlannedRole>> {
  const authority = await establishAuthority(session, roleVerbOf(aim.intent), 'account');
  if (isRefusal(authority)) return shut(authority);
  const read = await readRoles(session, aim);
  if (!read.open) return read;
  const drafted = await draft(session, aim, read.value);
  if ('kind' in drafted) return problem(drafted);
  const shift = shiftOf(drafted, read.value.byDefault, true);
  const guard = await guardRole(session, aim.intent, read.value, drafted);
  if (guard !== null) return problem({ kind: 'guard', role: drafted.name, guard });
  const holders = await holdersFor(session, aim);
  const refused = aim.intent === 'delete-role' ? await askRingCentral(session, authority, drafted, holders.size) : null;
  if (refused !== null) return problem(refused);
  const reached = shift === null ? { people: [], unseen: holders.size } : await reachOf(session, holders, shift);
  const plan = { ...drafted, intent: aim.intent, reached, readAt: session.facts.readAt };
  // Who would fall back on another role is part of what a deletion means; who else feels an edit is not.
  const touched = aim.intent === 'delete-role' ? [...holders.keys()] : [];
  return open({ plan: { ...plan, fingerprint: fingerprintOfRole(plan, touched) }, authority });
}

function problem(found: RoleProblem): Gate<never> {
  return shut({ kind: 'role', problem: found });
}

async function readRoles(session: Session, aim: RoleAim): Promise<Gate<RolesOfChange>> {
  const { facts } = session;
  const hangsOnDefault = aim.intent === 'delete-role' || aim.intent === 'set-default-role';
  const summary = hangsOnDefault ? await facts.defaultRole() : null;
  const named = [aim.role, aim.base, summary?.id ?? null].filter((id) => id !== null);
  const custom = named.some((id) => session.names.roles.find((role) => role.id === id)?.custom !== false);
  if (custom || roleVerbOf(aim.intent) === 'edit-role') {
    // What a change of a role shows is what the role holds.
    const contents = await establishAuthority(session, 'read-roles', 'account');
    if (isRefusal(contents)) return shut(contents);
  }
  const byDefault = summary === null ? null : ((await facts.roles([summary.id])).roles.get(summary.id) ?? null);
  return open({
    role: aim.role === null ? null : await facts.roleInFull(aim.role),
    base: aim.base === null ? null : await facts.roleInFull(aim.base),
    byDefault,
  });
}

async function draft(session: Session, aim: RoleAim, roles: RolesOfChange): Promise<Drafted | RoleProblem> {
  const dictionary = dictionaryOf(session.names.permissions);
  const { role, base, byDefault } = roles;
  if (role !== null && isReadOnly(aim.intent, role)) {
    return { kind: 'guard', role: role.displayName, guard: 'predefined-role' };
  }
  if (aim.intent === 'delete-role') return draftDeletion(demand(role), byDefault, dictionary.includes);
  if (aim.intent === 'set-default-role') return draftDefault(demand(role), byDefault, dictionary.includes);
  const name = aim.newName ?? aim.restore?.displayName ?? role?.displayName ?? '';
  const misnamed = name === role?.displayName ? null : await nameProblem(session, name, aim.role);
  if (misnamed !== null) return misnamed;
  if (aim.restore !== null) return withLoss(aim, draftRestored(aim.restore, aim.since, role, dictionary));
  return role === null ? draftNew(base, aim, name, dictionary) : draftEdit(role, aim, name, dictionary);
}

function withLoss({ lost }: RoleAim, drafted: Drafted | RoleProblem): Drafted | RoleProblem {
  if (lost === null || 'kind' in drafted) return drafted;
  return { ...drafted, notes: [...drafted.notes, { kind: 'made-again', holders: lost.holders }] };
}

function demand(role: RoleInFull | null): RoleInFull {
  if (role === null) throw new Error('a change of a role without the role');
  return role;
}

/** Names are compared with the list as it is now: one that the name index does not know yet is taken all the same. */
async function nameProblem(session: Session, name: string, except: RoleId | null): Promise<RoleProblem | null> {
  const rule = brokenNameRule(name);
  if (rule !== null) return { kind: 'bad-name', name, rule };
  const others = (await session.facts.roleList()).filter((role) => role.id !== except);
  const existing = roleNamed(name, others);
  return existing === null ? null : { kind: 'name-taken', name, existing: summaryOf(existing) };
}

async function holdersFor(session: Session, { intent, role }: RoleAim) {
  if (intent === 'set-default-role') return peopleWithoutRole(session);
  return role === null ? new Map() : holdersOf(session, role);
}

/** RingCentral is asked whether the role could be deleted; nothing is deleted by that. */
async function askRingCentral(
  session: Session,
  authority: Authority<RoleVerb>,
  { name, before }: Drafted,
  holders: number,
): Promise<RoleProblem | null> {
  if (before === null) throw new Error('deleting without a role');
  try {
    const writer = await writerFor(session, 'edit-role');
    await writer.checkRoleDeletion(authority as Authority<'edit-role'>, before.id);
    return null;
  } catch (error) {
    if (!isFault(error, 'directory-rejected')) throw error;
    return { kind: 'not-deletable', role: name, code: error.data.errorCode ?? error.code, holders };
  }
}
