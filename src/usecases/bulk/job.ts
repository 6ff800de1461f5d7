import { z } from 'zod';
import type { BulkItem } from '../../domain/bulk.ts';
import type { ChangeOutcome, GuardReason, PersonPlan, Plan } from '../../domain/change.ts';
import type { ExtensionId } from '../../domain/ids.ts';
import type { RefusalReason } from '../../domain/reply.ts';
import type { Act } from '../acts.ts';
import type { ChangeVerb } from '../change-rights.ts';
import { CHANGE_AT_MOST } from '../limits.ts';
import type { Store, StoredIntent, StoredRecord } from '../ports.ts';
import type { Said } from '../said.ts';

/** The record of a change of many people; its id is that of the change. */
export const BULK = 'bulk';
/** The record of what is to be done to each of them, which never changes. */
export const BULK_ITEMS = 'bulk-items';
/** What is due while such a change is under way. */
export const BULK_DUE = 'bulk';

/**
 * `running` until nobody waits any more, then `reporting` until the asker has been told, then `done`. `stopped` by a
 * person, or because the right is gone: whoever was not changed by then is not changed.
 */
type BulkState = 'running' | 'reporting' | 'done';

export type BulkJob = Said & {
  readonly id: string;
  readonly reference: string;
  readonly asker: ExtensionId;
  /** How the asker's identity was bound to their extension. */
  readonly identity: string;
  readonly intent: Plan['intent'];
  readonly acts: readonly Act[];
  /** Every right that the change takes over each person, the one that calls are made under first. */
  readonly verbs: readonly ChangeVerb[];
  readonly givesRights: boolean;
  readonly undoes: string | null;
  readonly total: number;
  /** People of the preview whom something stood against. */
  readonly leftOut: readonly { readonly extension: ExtensionId; readonly guard: GuardReason }[];
  /** Whether RingCentral's call for many people does what it is for: tried with one person first. */
  readonly service: 'untried' | 'serves' | 'does-not';
  /** People of the next call for many. How many RingCentral takes is not documented: refused calls make it smaller. */
  readonly size: number;
  /** Why nobody else is changed any more; null while the work goes on. */
  readonly stopped: 'by-person' | RefusalReason | null;
  /** When the work goes on, while it waits for RingCentral; UTC epoch milliseconds. */
  readonly resumesAt: number | null;
  /** Fruitless attempts in a row, for the pause before the next. */
  readonly failures: number;
};

/** A change of many people as it is stored, ready to be moved on. */
export type KeptJob = { readonly job: BulkJob; readonly state: BulkState; readonly version: number };

/** One person of it, as the plan had them, without what only the preview needs. */
export type JobItem = BulkItem & Pick<PersonPlan, 'guard' | 'grants'>;

// Written by this program; the outer shape is checked so that a record of another version is no crash later.
const jobShape = z.looseObject({ id: z.string(), asker: z.string(), verbs: z.array(z.string()).min(1) });

/** Loads a change of many people; null when there is none of that id. */
export async function loadJob({ records }: Pick<Store, 'records'>, id: string): Promise<KeptJob | null> {
  const record = await records.load(BULK, id);
  return record === null ? null : readJob(record);
}

/** Reads a stored job; null when it is something else. */
function readJob({ body, state, version }: StoredRecord): KeptJob | null {
  const json: unknown = JSON.parse(body);
  if (!jobShape.safeParse(json).success) return null;
  return { job: json as BulkJob, state: state as BulkState, version };
}

/** What is to be done to each person. */
export async function loadItems({ records }: Pick<Store, 'records'>, id: string): Promise<readonly JobItem[]> {
  const record = await records.load(BULK_ITEMS, id);
  return record === null ? [] : (JSON.parse(record.body) as JobItem[]);
}

/** The part of a person's plan that has to be kept until their turn. */
export function itemOf(each: PersonPlan): JobItem {
  const { person, gains: _gains, losses: _losses, notes: _notes, contentsHidden: _hidden, ...rest } = each;
  return { ...rest, extension: person.id };
}

/** Code of an outcome that says: nothing was written by the call for many people, so the person's own turn comes. */
export const NOT_SERVED = 'bulk-not-served';

/**
 * How it went for each person so far, by what the store knows: null for somebody whose turn is still to come.
 *
 * Of several attempts the last one counts.
 */
export async function outcomesOf(
  { intents }: Pick<Store, 'intents'>,
  id: string,
): Promise<ReadonlyMap<ExtensionId, ChangeOutcome>> {
  // A person has one by the call for many, one of their own, and those that were cut off.
  const newestFirst = await intents.find({ pendingId: id, limit: CHANGE_AT_MOST * (CUT_OFF_AT_MOST + 2) });
  const outcomes = new Map<ExtensionId, ChangeOutcome>();
  const cutOff = new Map<ExtensionId, number>();
  for (const intent of [...newestFirst].reverse()) {
    const { extension } = intent;
    if (isCutOff(intent)) cutOff.set(extension, (cutOff.get(extension) ?? 0) + 1);
    // Two workers may meet one person: whoever comes second finds them as the first one made them.
    if (intent.outcome?.kind === 'unchanged' && outcomes.get(extension)?.kind === 'changed') continue;
    outcomes.set(extension, outcomeOf(intent));
  }
  for (const [extension, outcome] of outcomes) {
    const tries = cutOff.get(extension) ?? 0;
    if (isStillToDo(outcome) && tries < CUT_OFF_AT_MOST) outcomes.delete(extension);
  }
  return outcomes;
}

/** So often a person's turn comes again after a call that never arrived; then it is told as failed. */
const CUT_OFF_AT_MOST = 3;
const CUT_OFF = 'cut-off';

/** A call that was cut off and never arrived has changed nobody: they are not as wanted, their turn comes again. */
function isCutOff({ outcome }: StoredIntent): boolean {
  return outcome?.kind === 'unchanged' && outcome.neverArrived === true;
}

function outcomeOf(intent: StoredIntent): ChangeOutcome {
  if (isCutOff(intent)) return { kind: 'failed', code: CUT_OFF, detail: null };
  return intent.outcome ?? { kind: 'unsettled', code: CUT_OFF };
}

function isStillToDo(outcome: ChangeOutcome): boolean {
  return outcome.kind === 'failed' && (outcome.code === NOT_SERVED || outcome.code === CUT_OFF);
}
