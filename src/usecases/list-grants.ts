import { isRefusal, isWithin } from '../domain/authority.ts';
import { isOpen } from '../domain/grant.ts';
import type { GrantShown } from '../domain/grant-event.ts';
import type { Slots } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { type KeptLedger, LEDGER, ledgerOf, readLedger } from './ledgers.ts';
import { reachPeople } from './reading.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, numbersOf, refuse, type Session } from './session.ts';
import { shown } from './shown-grants.ts';

/** People with temporary roles that one list shows. */
const LISTED_AT_MOST = 500;

/**
 * Lists the roles that are held, given later or taken for a time: of the people named, of everybody for those who may see
 * everybody's roles, else one's own.
 */
export async function listGrants(session: Session, slots: Slots): Promise<Answer> {
  if (slots.people.length > 0 || slots.group !== null) return listOf(session, slots);
  const everybody = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(everybody)) return ownGrants(session, slots);
  const { sites } = everybody;
  const records = await session.deps.store.records.find({ kind: LEDGER, states: ['open'], limit: LISTED_AT_MOST });
  const visible = records.map(readLedger).filter(({ ledger }) => {
    const person = session.names.byId(ledger.person.id) ?? ledger.person;
    return (
      sites === null ||
      isWithin(
        person,
        sites.map((id) => ({ id })),
      )
    );
  });
  const rows = rowsOf(session, visible, slots);
  await recordRead(session, 'list-grants', everybody.proof, { people: numbersOf(rows.map(({ person }) => person)) });
  return told(session, 'all', rows);
}

/** One's own: no right is needed for that. */
export async function ownGrants(session: Session, slots: Pick<Slots, 'roles'>): Promise<Answer> {
  return told(session, 'own', rowsOf(session, [await ledgerOf(session, session.asker.person)], slots));
}

async function listOf(session: Session, slots: Slots): Promise<Answer> {
  const reached = await reachPeople(session, slots);
  if (!reached.open) return refuse(reached.reason);
  const { people, credited } = reached.value;
  await recordRead(session, 'list-grants', credited.proof, { people: numbersOf(people) });
  const ledgers = [];
  for (const person of people) ledgers.push(await ledgerOf(session, person));
  return told(session, 'named', rowsOf(session, ledgers, slots));
}

function rowsOf(
  session: Session,
  ledgers: readonly KeptLedger[],
  { roles }: Pick<Slots, 'roles'>,
): readonly GrantShown[] {
  const rows = ledgers.flatMap(({ ledger }) =>
    ledger.grants
      .filter((grant) => isOpen(grant) || grant.drift === 'still-there')
      .filter(({ roleName }) => roles.length === 0 || roles.includes(roleName))
      .map((grant) => shown(grant, session.names.byId(ledger.person.id) ?? ledger.person, session.names)),
  );
  return [...rows].sort((one, other) => (one.endsAt ?? one.startsAt) - (other.endsAt ?? other.startsAt));
}

function told(session: Session, whose: 'own' | 'named' | 'all', rows: readonly GrantShown[]): Answer {
  const at = session.deps.clock.now();
  const about = {
    people: [...new Set(numbersOf(rows.map(({ person }) => person)))],
    roles: [...new Set(rows.map(({ roleName }) => roleName))],
  };
  return answer({ kind: 'grant-list', whose, rows, at }, { asOf: at, about });
}
