import type { Plan } from '../domain/change.ts';
import type { RoleAct } from '../domain/merge.ts';
import type { Extension } from '../domain/people.ts';
import type { FurtherAct, Group, Intent, Slots, Understanding } from '../domain/understanding.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownRoles } from './known-names.ts';
import { CHANGE_AT_MOST } from './limits.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Session } from './session.ts';

/** Intents that change somebody's roles and are built. */
const CHANGE_INTENTS = ['assign-role', 'remove-role', 'set-roles', 'swap-role', 'reset-roles'] as const;

export type ChangeIntentName = (typeof CHANGE_INTENTS)[number];

/** One act as it was said: kept with the preview, so that it can be planned again at the click. */
export type Act = {
  readonly intent: ChangeIntentName;
  readonly people: readonly string[];
  readonly group: Group | null;
  readonly roles: readonly string[];
  readonly removedRoles: readonly string[];
};

/** Tells whether an intent is a change of somebody's roles. */
export function isChange(intent: Intent | null): intent is ChangeIntentName {
  return CHANGE_INTENTS.some((each) => each === intent);
}

/** The acts of a sentence, the one named first leading; null when one of them is not a change of roles. */
export function actsOf(understanding: Understanding): readonly Act[] | null {
  const all: readonly (Slots & Pick<FurtherAct, 'intent'>)[] =
    understanding.intent === null ? [] : [{ ...understanding, intent: understanding.intent }, ...understanding.also];
  const acts = all.flatMap(({ intent, people, group, roles, removedRoles }) =>
    isChange(intent) ? [{ intent, people, group, roles, removedRoles }] : [],
  );
  return acts.length === all.length && acts.length > 0 ? acts : null;
}

/** Tells whether a sentence asks for a change at a time or for a time. */
export function isTimed(understanding: Understanding): boolean {
  return [understanding, ...understanding.also].some(({ time }) => time.for ?? time.until ?? time.from);
}

/** The word for several acts together. */
export function planIntent(acts: readonly Act[]): Plan['intent'] {
  const [first] = acts;
  return first !== undefined && acts.length === 1 ? first.intent : 'combined';
}

/** What is to be done to one person. */
export type ActsOnPerson = { readonly person: Extension; readonly acts: readonly RoleAct[] };

/** Finds the people and roles behind the acts and gathers what happens to each person, in the order said. */
export async function gatherActs(session: Session, acts: readonly Act[]): Promise<Gate<readonly ActsOnPerson[]>> {
  const gathered = new Map<string, { person: Extension; acts: RoleAct[] }>();
  for (const act of acts) {
    const found = await resolvePeople(session, act.people, act.group);
    if (!found.open) return found;
    const done = roleAct(session, act);
    for (const person of found.value) {
      const entry = gathered.get(person.id) ?? { person, acts: [] };
      entry.acts.push(done);
      gathered.set(person.id, entry);
    }
  }
  if (gathered.size === 0) return shut({ kind: 'nobody-found' });
  if (gathered.size > CHANGE_AT_MOST) return shut({ kind: 'too-many-people', limit: CHANGE_AT_MOST });
  return open([...gathered.values()]);
}

function roleAct(session: Session, act: Act): RoleAct {
  return {
    intent: act.intent,
    roles: knownRoles(session, act.roles),
    removed: knownRoles(session, act.removedRoles),
  };
}
