import type { PersonPlan, Plan } from '../domain/change.ts';
import type { RefusalReason, Turn } from '../domain/reply.ts';
import { sameAssignments } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { type Act, actsOf } from './acts.ts';
import { buildPlan, type Planned } from './build-plan.ts';
import { AT_ONCE_AT_MOST, PENDING_FOR_MS } from './limits.ts';
import type { ConfirmBody } from './pending-body.ts';
import { planFile } from './people-files.ts';
import { poseQuestion } from './pose-question.ts';
import { type ChangeEvent, changeEntry } from './record-change.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Said, saidIn } from './said.ts';
import { type Answer, answer, numbersOf, refuse, roleNames, type Session } from './session.ts';

/**
 * Plans a change and shows it; nothing is written.
 *
 * Several acts of one sentence are one plan, all or nothing. Of several people in one act those that something stands
 * against are shown as such and left out of the change.
 */
export async function planChange(session: Session, understanding: Understanding): Promise<Answer> {
  const acts = actsOf(understanding);
  if (acts === null || understanding.intent === null) throw new Error('not a change of roles');
  const planned = await buildPlan(session, acts);
  if (!planned.open) {
    await recordRefusal(session, understanding, planned.reason);
    return refuse(planned.reason);
  }
  if (understanding.dryRun) return dryRun(session, planned.value);
  const question = await askAboutLastRole(session, understanding, acts, planned.value);
  if (question !== null) return question;
  return preview(session, { acts, ...saidIn(understanding) }, planned.value, false);
}

/** Shows what would happen, without a way to confirm it. */
export async function dryRun(session: Session, { plan, authority, refusals }: Planned): Promise<Answer> {
  const refused = wholeRefusal(plan, refusals);
  if (refused !== null && plan.people.every(hasNoRight)) return refusePlan(session, plan, refused);
  await recordPlan(session, 'change.shown', plan, { dryRun: true });
  return answer({ kind: 'dry-run', plan }, { ...(authority && { authority }), about: aboutPlan(plan) });
}

/** Whatever of a plan is shown or refused stands in the audit trail before it is said. */
export function recordPlan(
  session: Session,
  action: ChangeEvent,
  plan: Plan,
  details: Record<string, unknown>,
): Promise<void> {
  return session.deps.store.audit.append(changeEntry(session, action, plan, details));
}

async function refusePlan(session: Session, plan: Plan, reason: RefusalReason): Promise<Answer> {
  await recordPlan(session, 'change.refused', plan, { reason: reason.kind });
  return refuse(reason);
}

type Frozen = Pick<ConfirmBody, 'acts'> & Said;

/** Shows a plan with its buttons, or says why there is nothing to confirm. */
export async function preview(session: Session, frozen: Frozen, planned: Planned, moved: boolean): Promise<Answer> {
  const { plan, authority, refusals } = planned;
  const many = plan.people.length > AT_ONCE_AT_MOST;
  const details = {
    ...(authority && { authority }),
    ...(many && { file: planFile(plan) }),
    about: aboutPlan(plan),
  };
  const refused = wholeRefusal(plan, refusals);
  if (refused !== null) return refusePlan(session, plan, refused);
  if (!plan.people.some(isChanged)) {
    await recordPlan(session, 'change.shown', plan, {});
    return answer({ kind: 'nothing-to-change', plan }, details);
  }
  const { acts, words, reason, ticket } = frozen;
  const { id, expiresAt } = await keep(session, { kind: 'confirm', plan, acts, words, reason, ticket });
  const button = { id, version: 1, index: null };
  return answer(
    {
      kind: 'change-preview',
      plan,
      confirm: { action: 'confirm', ...button },
      cancel: { action: 'cancel', ...button },
      expiresAt,
      moved,
    },
    { ...details, outcome: 'confirm-needed' },
  );
}

/** The refusal of a plan as a whole: when nothing of it is left, or when it is all or nothing. */
function wholeRefusal(plan: Plan, refusals: Planned['refusals']): RefusalReason | null {
  const guarded = plan.people.flatMap(({ person, guard }) => (guard === null ? [] : [{ person, guard }]));
  if (guarded.length === 0) return null;
  const [first] = guarded;
  if (first !== undefined && plan.people.length === 1) {
    return refusals.get(first.person.id) ?? { kind: 'guard', people: guarded };
  }
  const nothingLeft = !plan.people.some(isChanged);
  return nothingLeft || plan.intent === 'combined' ? { kind: 'guard', people: guarded } : null;
}

function hasNoRight({ guard }: PersonPlan): boolean {
  return guard === 'no-right' || guard === 'outside-site';
}

/** Tells whether confirming a plan would write something for a person. */
export function isChanged({ guard, before, after, grants }: PersonPlan): boolean {
  return guard === null && (grants.length > 0 || !sameAssignments(before, after));
}

async function keep(session: Session, body: ConfirmBody): Promise<{ readonly id: string; readonly expiresAt: number }> {
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
      body: JSON.stringify(body),
      createdAt: now,
      expiresAt,
    },
    changeEntry(session, 'change.previewed', body.plan, { pending: id, words: body.words }),
  );
  return { id, expiresAt };
}

/** Taking somebody's only role is asked about first: what should take its place is theirs to say. */
async function askAboutLastRole(
  session: Session,
  understanding: Understanding,
  acts: readonly Act[],
  planned: Planned,
): Promise<Answer | null> {
  const [only, ...others] = planned.plan.people;
  if (acts.length > 1 || acts[0]?.intent !== 'remove-role' || only === undefined || others.length > 0) return null;
  const substitute = planned.defaults.get(only.person.id);
  if (substitute === undefined || only.guard !== null) return null;
  const role = only.before.map((held) => held.displayName).join(', ');
  const question = { understanding, about: 'role', words: role, mode: 'replace-last-role' } as const;
  const choice = { value: substitute, label: substitute, detail: 'the default role of the account' };
  await recordPlan(session, 'change.asked', planned.plan, {});
  return poseQuestion(session, question, [choice], { person: only.person, role });
}

/** What machines want to know about a plan. */
function aboutPlan(plan: Plan): Turn['facts'] {
  const changes = plan.people.filter(isChanged).map(({ person, before, after }) => ({
    extension: person.number,
    before: roleNames(before),
    after: roleNames(after),
  }));
  const roles = roleNames(plan.people.flatMap(({ before, after }) => [...before, ...after]));
  return { people: numbersOf(plan.people.map(({ person }) => person)), roles, permissions: [], changes };
}
