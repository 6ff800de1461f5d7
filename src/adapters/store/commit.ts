import type { Transaction } from 'kysely';
import { assertNever } from '#src/domain/faults.ts';
import type { Store, StoreChange } from '#src/usecases/ports.ts';
import { appendAudit } from './audit.ts';
import { addDue, cancelDue, failDue, parkDue, putDue, settleDue } from './due.ts';
import type { Handle } from './handle.ts';
import { insertIntent, settleIntent } from './intents.ts';
import { movePending, savePending } from './pending.ts';
import { insertRecord, moveRecord } from './records.ts';
import type { Tables } from './schema.ts';

/** Thrown inside the transaction to take everything back; never leaves this file. */
class Missed extends Error {}

/** Several changes and what tells of them, all or none. */
export function commitOf({ write, clock }: Handle): Store['commit'] {
  return async function commit(changes, audit) {
    const inOrder = [...changes].sort(byLock);
    try {
      await write(async (trx) => {
        const now = clock.now();
        for (const change of inOrder) if (!(await apply(trx, change, now))) throw new Missed();
        await appendAudit(trx, ...audit);
      });
      return true;
    } catch (error) {
      if (error instanceof Missed) return false;
      throw error;
    }
  };
}

/** One order of tables and rows for everybody, so that two commits never wait for each other. */
function byLock(one: StoreChange, other: StoreChange): number {
  const [left, right] = [lockOf(one), lockOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function lockOf(change: StoreChange): string {
  switch (change.write) {
    case 'pending.save':
      return `1 ${change.pending.id}`;
    case 'pending.move':
      return `1 ${change.id}`;
    case 'record.insert':
    case 'record.move':
      return `2 ${change.record.kind} ${change.record.id}`;
    case 'intent.record':
      return `3 ${change.intent.id}`;
    case 'intent.settle':
      return `3 ${change.id}`;
    case 'due.cancel':
      return `4 ${change.id}`;
    default:
      return `4 ${change.due.id}`;
  }
}

/** Carries out one change; false when it misses. */
async function apply(trx: Transaction<Tables>, change: StoreChange, now: number): Promise<boolean> {
  switch (change.write) {
    case 'record.insert':
      return insertRecord(trx, change.record);
    case 'record.move':
      return moveRecord(trx, change);
    case 'due.put':
      await putDue(trx, change.due);
      return true;
    case 'due.add':
      await addDue(trx, change.due);
      return true;
    case 'due.cancel':
      await cancelDue(trx, change.id, now);
      return true;
    case 'due.settle':
      return settleDue(trx, change.due, now);
    case 'due.fail':
      return failDue(trx, change.due, change.retryAt, change.error);
    case 'due.park':
      return parkDue(trx, change.due, now, change.error);
    case 'intent.record':
      return insertIntent(trx, change.intent);
    case 'intent.settle':
      return settleIntent(trx, change.id, change.outcome, now);
    case 'pending.save':
      return savePending(trx, change.pending, now);
    case 'pending.move':
      return movePending(trx, change);
    default:
      return assertNever(change);
  }
}
