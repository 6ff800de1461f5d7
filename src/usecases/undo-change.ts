import { isRefusal } from '../domain/authority.ts';
import type { RestoreMode } from '../domain/merge.ts';
import type { Button, Saying } from '../domain/reply.ts';
import { NO_SLOTS, type Understanding } from '../domain/understanding.ts';
import { type Act, leftBy } from './acts.ts';
import { buildPlan, type Planned } from './build-plan.ts';
import { loadJob } from './bulk/job.ts';
import { mayChange } from './change-rights.ts';
import { type Gate, open, shut } from './gate.ts';
import { PENDING_FOR_MS, UNDO_AT_MOST } from './limits.ts';
import { dryRun, preview, recordPlan } from './plan-change.ts';
import type { IntentQuery, StoredIntent } from './ports.ts';
import { recordRefusal } from './record-refusal.ts';
import type { KeptRoleChange } from './role-records.ts';
import { PRESSED, saidIn } from './said.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';
import { findRoleChange, loadRoleChange, undoRoleChange } from './undo-role-change.ts';

/**
 * Takes back a change: of the asker, or the last one to somebody, or the one with a reference. Shows it first.
 *
 * Whose change it was does not matter: putting roles back takes the asker's own right over each person, like any other
 * change. An undo is a change too, so it can be undone.
 */
export async function undo(session: Session, understanding: Understanding): Promise<Answer> {
  const role = await findRoleChange(session, understanding);
  if (role !== null && !(await isOlder(session, role))) return undoRoleChange(session, role.change, understanding);
  const found = await findChange(session, understanding);
  if (!found.open) {
    await recordRefusal(session, understanding, found.reason);
    return refuse(found.reason);
  }
  return undoChange(session, found.value, 'untouched-only', understanding);
}

/** Whether the asker changed somebody's roles after that: then "undo" means that. */
async function isOlder({ deps, asker }: Session, { stored }: KeptRoleChange): Promise<boolean> {
  const [last] = await deps.store.intents.find({ asker: asker.person.id, inEffect: true, limit: 1 });
  return last !== undefined && last.createdAt > stored.createdAt;
}

/** Takes back the change that a button belongs to. */
export async function pressUndo(session: Session, button: Button): Promise<Answer> {
  const role = await loadRoleChange(session, button.id);
  if (role !== null) return undoRoleChange(session, role.change, UNSAID);
  return undoChange(session, button.id, 'untouched-only', null);
}

/** Plans the undo of one change and shows it, or asks how far to go where somebody was changed since. */
export async function undoChange(
  session: Session,
  change: string,
  mode: RestoreMode,
  said: Understanding | null,
  answered = false,
): Promise<Answer> {
  const records = await session.deps.store.intents.find({ pendingId: change, inEffect: true, limit: UNDO_AT_MOST });
  if (records.length === 0) return refuse({ kind: 'nothing-to-undo' });
  const [by] = await session.deps.store.intents.find({ undoes: change, inEffect: true, limit: 1 });
  if (by !== undefined) return refuse({ kind: 'already-undone', reference: by.reference });
  const act: Act = { ...NOBODY, intent: 'undo', people: numbersIn(session, records), undo: { change, mode } };
  if (act.people.length < new Set(records.map(({ extension }) => extension)).size)
    return refuse({ kind: 'person-gone' });
  // Half of it taken back while the other half is still to come would be neither.
  const job = await loadJob(session.deps.store, change);
  if (job !== null && job.state !== 'done') return refuse({ kind: 'bulk-running' });
  const planned = await buildPlan(session, [act]);
  if (!planned.open) {
    if (said !== null) await recordRefusal(session, said, planned.reason);
    return refuse(planned.reason);
  }
  if (said?.dryRun) return dryRun(session, planned.value);
  if (planned.value.changedSince.size > 0 && !answered) return askHowFar(session, change, records, planned.value);
  return preview(session, { acts: [act], ...(said === null ? PRESSED : saidIn(said)) }, planned.value, false);
}

/** A click has no words. */
const UNSAID: Understanding = {
  ...NO_SLOTS,
  text: '',
  outcome: 'understood',
  intent: 'undo',
  effect: 'write',
  dryRun: false,
  also: [],
  ask: null,
  suggestions: [],
  readings: [],
};

const NOBODY = { group: null, roles: [], removedRoles: [], time: NO_SLOTS.time } as const;

function numbersIn({ names }: Session, records: readonly StoredIntent[]): readonly string[] {
  const extensions = new Set(records.map(({ extension }) => extension));
  const numbers = [...extensions].flatMap((id) => names.byId(id)?.number ?? []);
  return numbers.sort((one, other) => Number(one) - Number(other));
}

async function findChange(session: Session, { request, people }: Understanding): Promise<Gate<string>> {
  const filter = await filterOf(session, request, people);
  if (!filter.open) return filter;
  const [last] = await session.deps.store.intents.find({ ...filter.value, inEffect: true, limit: 1 });
  return last === undefined ? shut({ kind: 'nothing-to-undo' }) : open(last.pendingId);
}

/** Whether somebody was changed at all is told only to those who may change them. */
async function filterOf(
  session: Session,
  request: string | null,
  people: readonly string[],
): Promise<Gate<Pick<IntentQuery, 'reference' | 'asker' | 'extension'>>> {
  if (request !== null) return open({ reference: request });
  const [number] = people;
  const person = number === undefined ? undefined : session.names.byNumber(number);
  if (person === undefined) return open({ asker: session.asker.person.id });
  const right = await mayChange(session, ['assign'], person);
  return isRefusal(right) ? shut(right) : open({ extension: person.id });
}

const WAYS: readonly RestoreMode[] = ['exact', 'take-back', 'untouched-only'];

/** Shows three lists of everybody who was changed since: before the change, as it left them, and as they are now. */
async function askHowFar(
  session: Session,
  change: string,
  records: readonly StoredIntent[],
  { plan, changedSince, authority }: Planned,
): Promise<Answer> {
  const touched = plan.people.flatMap(({ person, before: now }) => {
    const record = records.find(({ extension }) => extension === person.id);
    if (record === undefined || !changedSince.has(person.id)) return [];
    return [{ person, earlier: record.before, left: leftBy(record), now }];
  });
  await recordPlan(session, 'change.asked', plan, { undoes: change });
  const saying: Saying = {
    kind: 'undo-question',
    touched,
    others: plan.people.length - touched.length,
    buttons: await keep(session, change),
  };
  const about = { people: numbersOf(touched.map(({ person }) => person)) };
  return answer(saying, { ...(authority && { authority }), outcome: 'ask-back', about });
}

async function keep({ deps, asker }: Session, change: string): Promise<readonly Button[]> {
  const id = deps.ids.opaque();
  const now = deps.clock.now();
  const body = JSON.stringify({ kind: 'undo', change });
  const owner = asker.person.id;
  const times = { createdAt: now, expiresAt: now + PENDING_FOR_MS };
  await deps.store.pending.save({ id, version: 1, kind: 'choose', owner, state: 'open', body, ...times }, null);
  return WAYS.map((_, index) => ({ action: 'choose', id, version: 1, index }));
}

/** How far to go, as the button says. */
export function wayOf(index: number): RestoreMode | undefined {
  return WAYS[index];
}
