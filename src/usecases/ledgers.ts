import type { Ledger } from '../domain/grant.ts';
import { forgetOld, type Grant, isOpen } from '../domain/grant.ts';
import { nextLook } from '../domain/grant-time.ts';
import type { ExtensionId } from '../domain/ids.ts';
import type { Extension } from '../domain/people.ts';
import type { Store, StoreChange, StoredRecord } from './ports.ts';
import type { Session } from './session.ts';

/** The kind of record that holds one person's grants. */
export const LEDGER = 'grants';

/** Kinds of what is due: an end of grants, and anything else of them (starts, give-backs, warnings). */
export const END_DUE = 'grant-end';
export const STEP_DUE = 'grant-step';

/** A ledger as it is stored; version 0 when nothing is stored yet. */
export type KeptLedger = { readonly ledger: Ledger; readonly version: number; readonly createdAt: number };

/** Loads what is known of somebody's grants; an empty ledger when nothing is. */
export async function ledgerOf(session: Session, person: Extension): Promise<KeptLedger> {
  const kept = await loadLedger(session.deps.store, person.id);
  if (kept === null) {
    const ledger = { person, account: session.names.account.id, grants: [] };
    return { ledger, version: 0, createdAt: session.deps.clock.now() };
  }
  return { ...kept, ledger: { ...kept.ledger, person } };
}

/** Loads a ledger by the id of its extension; null when there is none. */
export async function loadLedger(store: Pick<Store, 'records'>, extension: string): Promise<KeptLedger | null> {
  const record = await store.records.load(LEDGER, extension);
  return record === null ? null : readLedger(record);
}

/** Reads a stored ledger. */
export function readLedger({ body, version, createdAt }: StoredRecord): KeptLedger {
  return { ledger: JSON.parse(body) as Ledger, version, createdAt };
}

/**
 * What has to be written, in one transaction with whatever else belongs to it, so that somebody's grants stand like this
 * and are looked at in time. Nothing when nothing of them has changed.
 *
 * The write misses when somebody else changed the same person's grants meanwhile.
 */
export function ledgerChanges(kept: KeptLedger, grants: readonly Grant[], now: number): readonly StoreChange[] {
  const lasting = forgetOld(grants, now);
  const stored = moved(kept, lasting, now);
  return stored.length === 0 ? [] : [...stored, ...looks(kept.ledger.person.id, lasting, now)];
}

/** When somebody's grants are to be looked at next, as they stand: for a look that found nothing to do. */
export function lookAgain({ ledger, version }: KeptLedger, now: number): readonly StoreChange[] {
  const id = ledger.person.id;
  // Misses when somebody moved the grants since: then theirs is the later word on when to look.
  return [{ write: 'record.move', record: { kind: LEDGER, id, version }, to: {} }, ...looks(id, ledger.grants, now)];
}

function looks(extension: ExtensionId, grants: readonly Grant[], now: number): readonly StoreChange[] {
  const { endAt, stepAt } = nextLook(grants, now);
  return [
    look(endDueId(extension), END_DUE, extension, endAt),
    look(stepDueId(extension), STEP_DUE, extension, stepAt),
  ];
}

function moved(
  { ledger, version, createdAt }: KeptLedger,
  grants: readonly Grant[],
  now: number,
): readonly StoreChange[] {
  if (grants.length === ledger.grants.length && grants.every((grant, index) => grant === ledger.grants[index]))
    return [];
  const id = ledger.person.id;
  const facts = {
    state: grants.some(isOpen) ? 'open' : 'closed',
    owner: null,
    subject: id,
    ref: null,
    endsAt: nextLook(grants, now).endAt,
    body: JSON.stringify({ ...ledger, grants } satisfies Ledger),
  };
  if (version === 0) return [{ write: 'record.insert', record: { kind: LEDGER, id, createdAt, ...facts } }];
  return [{ write: 'record.move', record: { kind: LEDGER, id, version }, to: facts }];
}

function look(id: string, kind: string, ref: string, dueAt: number | null): StoreChange {
  return dueAt === null ? { write: 'due.cancel', id } : { write: 'due.put', due: { id, kind, ref, dueAt } };
}

/** Names what is due of somebody's ends. */
function endDueId(extension: ExtensionId): string {
  return `${END_DUE}:${extension}`;
}

function stepDueId(extension: ExtensionId): string {
  return `${STEP_DUE}:${extension}`;
}
