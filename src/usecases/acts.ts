import { isRefusal } from '../domain/authority.ts';
import type { Plan } from '../domain/change.ts';
import { leasesOf, timeIsOver } from '../domain/grant.ts';
import type { TimedAct } from '../domain/grant-effects.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Restore, RestoreMode, RoleAct } from '../domain/merge.ts';
import type { Extension } from '../domain/people.ts';
import type { AssignedRole } from '../domain/roles.ts';
import type { FurtherAct, Group, Intent, Slots, Understanding } from '../domain/understanding.ts';
import { spanOf } from './act-times.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownRoles } from './known-names.ts';
import { ledgerOf } from './ledgers.ts';
import { CHANGE_AT_MOST, UNDO_AT_MOST } from './limits.ts';
import type { StoredIntent } from './ports.ts';
import { mayRead, rolesOf } from './reading.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Session } from './session.ts';

/** Intents that change somebody's roles and are built. */
const CHANGE_INTENTS = [
  'assign-role',
  'remove-role',
  'set-roles',
  'swap-role',
  'reset-roles',
  'copy-roles',
  'offboard',
  'pause-role',
] as const;

export type ChangeIntentName = (typeof CHANGE_INTENTS)[number];

/** One act as it was said: kept with the preview, so that it can be planned again at the click. */
export type Act = {
  readonly intent: ChangeIntentName | 'undo';
  /** Extension numbers; of a copy the last is the model. */
  readonly people: readonly string[];
  readonly group: Group | null;
  readonly roles: readonly string[];
  readonly removedRoles: readonly string[];
  /** With `undo`: the change to take back, and how far to go for those who were changed since. */
  readonly undo?: { readonly change: string; readonly mode: RestoreMode };
  /** As it was said: what counts from the write is counted from there. */
  readonly time: Slots['time'];
};

/** Tells whether an intent is a change of somebody's roles. */
export function isChange(intent: Intent | null): intent is ChangeIntentName {
  return CHANGE_INTENTS.some((each) => each === intent);
}

/** The acts of a sentence, the one named first leading; null when one of them is not a change of roles. */
export function actsOf(understanding: Understanding): readonly Act[] | null {
  const all: readonly (Slots & Pick<FurtherAct, 'intent'>)[] =
    understanding.intent === null ? [] : [{ ...understanding, intent: understanding.intent }, ...understanding.also];
  const acts = all.flatMap(({ intent, people, group, roles, removedRoles, time }) =>
    isChange(intent) ? [{ intent, people, group, roles, removedRoles, time }] : [],
  );
  return acts.length === all.length && acts.length > 0 ? acts : null;
}

/** The word for several acts together. */
export function planIntent(acts: readonly Act[]): Plan['intent'] {
  const [first] = acts;
  return first !== undefined && acts.length === 1 ? first.intent : 'combined';
}

/** What is to be done to one person. */
export type ActsOnPerson = { readonly person: Extension; readonly acts: readonly TimedAct[] };

/** Finds the people and roles behind the acts and gathers what happens to each person, in the order said. */
export async function gatherActs(session: Session, acts: readonly Act[]): Promise<Gate<readonly ActsOnPerson[]>> {
  const gathered = new Map<string, { person: Extension; acts: TimedAct[] }>();
  for (const act of acts) {
    const found = await resolvePeople(session, receiversOf(act), act.group);
    if (!found.open) return found;
    const span = spanOf(session, act.intent, act.time);
    if (!span.open) return span;
    const toDo = await roleActs(session, act, found.value);
    if (!toDo.open) return toDo;
    for (const { person, done } of toDo.value) {
      const entry = gathered.get(person.id) ?? { person, acts: [] };
      entry.acts.push({ ...done, span: span.value });
      gathered.set(person.id, entry);
    }
  }
  if (gathered.size === 0) return shut({ kind: 'nobody-found' });
  if (gathered.size > CHANGE_AT_MOST) return shut({ kind: 'too-many-people', limit: CHANGE_AT_MOST });
  return open([...gathered.values()]);
}

/** Of a copy the person named last is the model. */
function receiversOf({ intent, people }: Act): readonly string[] {
  return intent === 'copy-roles' ? people.slice(0, -1) : people;
}

type ActOnPerson = { readonly person: Extension; readonly done: RoleAct };

async function roleActs(
  session: Session,
  act: Act,
  people: readonly Extension[],
): Promise<Gate<readonly ActOnPerson[]>> {
  switch (act.intent) {
    case 'copy-roles':
      return copies(session, act, people);
    case 'undo':
      return open(await restores(session, act, people));
    case 'reset-roles':
    case 'offboard': {
      const { intent } = act;
      return open(people.map((person) => ({ person, done: { intent } })));
    }
    default: {
      const roles = knownRoles(session, act.roles);
      const removed = knownRoles(session, act.removedRoles);
      // A pause takes the role like any other removal; that it comes back is a matter of its grant.
      const intent = act.intent === 'pause-role' ? 'remove-role' : act.intent;
      return open(people.map((person) => ({ person, done: { intent, roles, removed } })));
    }
  }
}

/** Copying shows what the model has, so it takes the right to see that. */
async function copies(
  session: Session,
  { people: named }: Act,
  receivers: readonly Extension[],
): Promise<Gate<readonly ActOnPerson[]>> {
  const found = await resolvePeople(session, named.slice(-1), null);
  if (!found.open) return found;
  const [model] = found.value;
  if (model === undefined) return shut({ kind: 'nobody-found' });
  const right = await mayRead(session, model);
  if (isRefusal(right)) return shut(right);
  const hidden = new Set(session.names.roles.filter((role) => role.hidden).map((role) => role.id));
  const roles = await rolesOf(session, right, model);
  const { ledger } = await ledgerOf(session, model);
  const forATime = roles.filter((role) => leasesOf(ledger.grants, role.id).length > 0);
  const temporary = new Set(forATime.map((role) => role.id));
  const done: RoleAct = { intent: 'copy-roles', model: roles, hidden, temporary };
  return open(receivers.filter(({ id }) => id !== model.id).map((person) => ({ person, done })));
}

/** What each person's list was before the change and after it stands in its record. */
async function restores(session: Session, act: Act, people: readonly Extension[]): Promise<readonly ActOnPerson[]> {
  if (act.undo === undefined) throw new Error('an undo without the change that it undoes');
  const { change, mode } = act.undo;
  const records = await session.deps.store.intents.find({ pendingId: change, inEffect: true, limit: UNDO_AT_MOST });
  const done: ActOnPerson[] = [];
  const recordsOf = Map.groupBy(records, (record) => record.extension);
  for (const person of people) {
    const newestFirst = recordsOf.get(person.id) ?? [];
    // One change may take several calls for a person: what counts is the list before all and the one after all.
    const [last, first] = [newestFirst[0], newestFirst.at(-1)];
    if (first === undefined || last === undefined) continue;
    const { ledger } = await ledgerOf(session, person);
    const over = timeIsOver(ledger.grants, last.id, session.deps.clock.now());
    done.push({ person, done: { intent: 'undo', restore: restoreOf(session, { first, last }, over, mode) } });
  }
  return done;
}

type Records = { readonly first: StoredIntent; readonly last: StoredIntent };

function restoreOf(
  session: Session,
  { first: { before }, last }: Records,
  lapsed: ReadonlySet<RoleId>,
  mode: RestoreMode,
): Restore {
  const exists = ({ id }: AssignedRole) => session.names.roles.some((role) => role.id === id);
  const left = leftBy(last);
  const isOver = ({ id }: AssignedRole) => lapsed.has(id) && !left.some((role) => role.id === id);
  return {
    earlier: before.filter((role) => exists(role) && !isOver(role)),
    left,
    gone: before.filter((role) => !exists(role)).map((role) => role.displayName),
    over: before.filter((role) => exists(role) && isOver(role)).map((role) => role.displayName),
    intent: last.id,
    mode,
  };
}

/** The list that a change left behind. */
export function leftBy({ after, outcome }: StoredIntent): readonly AssignedRole[] {
  return outcome?.kind === 'differs' ? outcome.found : after;
}
