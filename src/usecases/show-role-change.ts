import type { RefusalReason } from '../domain/reply.ts';
import type { RoleIntent, RolePlan } from '../domain/role-change.ts';
import { isAsWanted } from '../domain/role-check.ts';
import { dictionaryOf } from '../domain/role-merge.ts';
import type { Understanding } from '../domain/understanding.ts';
import { buildRolePlan, type PlannedRole } from './build-role-plan.ts';
import { PENDING_FOR_MS } from './limits.ts';
import { recordRefusal } from './record-refusal.ts';
import { aimOf, type RoleAim } from './role-aim.ts';
import { type RoleBody, roleBody } from './role-body.ts';
import { roleEntry } from './role-records.ts';
import { basisOf, type Said, saidIn } from './said.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/**
 * Shows what a sentence would change about one role; nothing is written.
 *
 * Definitions of roles have no end and no start: a time in the sentence is refused instead of overlooked.
 */
export async function showRoleChange(session: Session, intent: RoleIntent, said: Understanding): Promise<Answer> {
  if (isTimed(said)) return answer({ kind: 'not-available', intent, part: 'time' }, { outcome: 'refused' });
  const aim = aimOf(session, intent, said);
  if (!aim.open) return refuse(aim.reason);
  return showAim(session, aim.value, said);
}

/** Shows a change of a role that was worked out already, for the words that asked for it. */
export async function showAim(session: Session, aim: RoleAim, said: Understanding): Promise<Answer> {
  const planned = await buildRolePlan(session, aim);
  if (!planned.open) {
    await recordRefusal(session, said, planned.reason);
    await recordProblem(session, aim, said, planned.reason);
    return refuse(planned.reason);
  }
  const kept = saidIn(said);
  if (!said.dryRun) return previewRole(session, { aim, ...kept }, planned.value, false);
  const shown = { dryRun: true, words: kept.words };
  await session.deps.store.audit.append(roleEntry(session, 'role.shown', planned.value.plan, shown));
  return tell(planned.value, { kind: 'role-dry-run', plan: planned.value.plan });
}

/** What a guard stood against is put into the audit trail before it is said. */
async function recordProblem(
  session: Session,
  { intent }: RoleAim,
  said: Understanding,
  reason: RefusalReason,
): Promise<void> {
  if (reason.kind !== 'role' || reason.problem.kind !== 'guard') return;
  const { role: name, guard } = reason.problem;
  const details = { guard, ...basisOf(saidIn(said)) };
  const nothing = { intent, name, before: null, after: null };
  await session.deps.store.audit.append(roleEntry(session, 'role.refused', nothing, details));
}

/** Shows a plan with its buttons, or says that the role already is as wanted. */
export async function previewRole(
  session: Session,
  frozen: Pick<RoleBody, 'aim'> & Said,
  planned: PlannedRole,
  moved: boolean,
): Promise<Answer> {
  const { plan } = planned;
  if (!wouldChange(session, plan)) {
    await session.deps.store.audit.append(roleEntry(session, 'role.shown', plan, { words: frozen.words }));
    return tell(planned, { kind: 'role-unchanged', plan });
  }
  const { id, expiresAt } = await keep(session, frozen, plan);
  const button = { id, version: 1, index: null };
  return {
    ...tell(planned, {
      kind: 'role-preview',
      plan,
      confirm: { action: 'confirm-role', ...button },
      cancel: { action: 'cancel', ...button },
      expiresAt,
      moved,
    }),
    outcome: 'confirm-needed',
  };
}

function tell({ plan, authority }: PlannedRole, saying: Answer['saying']): Answer {
  return answer(saying, { authority, about: aboutRole(plan) });
}

/** What machines want to know about a change of a role. */
export function aboutRole({ name, after, gains, losses, reached }: RolePlan): Answer['about'] {
  return {
    people: reached.people.map(({ person }) => person.number),
    roles: [...new Set([name, after?.displayName ?? name])],
    permissions: [...gains, ...losses],
    changes: [],
  };
}

/** Tells whether confirming a plan would write something. */
function wouldChange(session: Session, { intent, before, after, base }: RolePlan): boolean {
  if (intent === 'delete-role' || before === null) return true;
  if (after === null) return before.id !== base?.id;
  return !isAsWanted(after, before, dictionaryOf(session.names.permissions));
}

async function keep(session: Session, frozen: Pick<RoleBody, 'aim'> & Said, plan: RolePlan) {
  const { deps, asker } = session;
  const id = deps.ids.opaque();
  const now = deps.clock.now();
  const expiresAt = now + PENDING_FOR_MS;
  await deps.store.pending.save(
    {
      id,
      version: 1,
      kind: 'confirm',
      owner: asker.person.id,
      state: 'open',
      body: JSON.stringify(roleBody(frozen, plan)),
      createdAt: now,
      expiresAt,
    },
    roleEntry(session, 'role.previewed', plan, { pending: id, words: frozen.words }),
  );
  return { id, expiresAt };
}

function isTimed(said: Understanding): boolean {
  return [said, ...said.also].some(({ time }) => time.for ?? time.until ?? time.from);
}
