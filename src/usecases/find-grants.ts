import { type Grant, isOpen } from '../domain/grant.ts';
import type { Extension } from '../domain/people.ts';
import type { Slots, Understanding } from '../domain/understanding.ts';
import { askWhich } from './ask-which.ts';
import { type Gate, open, shut } from './gate.ts';
import { knownRoles } from './known-names.ts';
import { type KeptLedger, ledgerOf } from './ledgers.ts';
import { resolvePeople } from './resolve-people.ts';
import type { Answer, Session } from './session.ts';

/** One person's grants of one role, the one that ends last first. */
export type FoundGrants = { readonly kept: KeptLedger; readonly person: Extension; readonly grants: readonly Grant[] };

/**
 * Finds the temporary role that somebody speaks of: their own when nobody is named, the only one when no role is.
 *
 * @returns a question when several would fit
 */
export async function findGrants(
  session: Session,
  understanding: Understanding,
): Promise<Gate<FoundGrants> | { readonly asked: Answer }> {
  const person = await onePerson(session, understanding);
  if (!person.open) return person;
  const kept = await ledgerOf(session, person.value);
  const wanted = knownRoles(session, understanding.roles).map(({ id }) => id);
  const grants = kept.ledger.grants.filter(
    (grant) => grant.kind === 'give' && isOpen(grant) && (wanted.length === 0 || wanted.includes(grant.role)),
  );
  const names = [...new Set(grants.map(({ roleName }) => roleName))];
  const [only] = names;
  if (only === undefined) return shut({ kind: 'no-grant', person: person.value, role: understanding.roles[0] ?? null });
  const choices = names.map((value) => ({ value, label: value, detail: null }));
  const asked = await askWhich(session, { ...understanding, people: [person.value.number] }, 'role', choices);
  if (asked !== null) return { asked };
  const longest = [...grants].sort((one, other) => (other.endsAt ?? 0) - (one.endsAt ?? 0));
  return open({ kept, person: person.value, grants: longest });
}

async function onePerson(
  session: Session,
  { people, group }: Pick<Slots, 'people' | 'group'>,
): Promise<Gate<Extension>> {
  if (people.length === 0 && group === null) return open(session.asker.person);
  const found = await resolvePeople(session, people, group);
  if (!found.open) return found;
  const [first, ...others] = found.value;
  if (first === undefined) return shut({ kind: 'nobody-found' });
  return others.length > 0 ? shut({ kind: 'too-many-people', limit: 1 }) : open(first);
}
