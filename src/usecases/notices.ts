import type { GrantEvent } from '../domain/grant-event.ts';
import { retryAfter } from '../domain/grant-time.ts';
import type { ExtensionId } from '../domain/ids.ts';
import { extensionId } from '../domain/ids.ts';
import type { Reply, Saying } from '../domain/reply.ts';
import type { ClaimedDue, Ids, StoreChange, Teller } from './ports.ts';
import type { Deps } from './session.ts';

/** The kind of record and of due row that a notice is. */
export const NOTICE = 'notice';

/** Whom a notice is for. */
export type Addressee = ExtensionId | 'channel';

/** Told so often before nobody can be expected to hear it any more. */
const TRIES = 12;

/**
 * What tells somebody of something nobody asked for, to be written in the transaction of what it tells: so it is told
 * if, and only if, that happened.
 */
export function noticeChanges(
  ids: Ids,
  to: Addressee,
  event: GrantEvent,
  { now, reference }: { readonly now: number; readonly reference: string },
): readonly StoreChange[] {
  const id = ids.opaque();
  const saying: Saying = { kind: 'grant-event', event, at: now };
  const reply: Reply = {
    saying,
    outcome: 'answered',
    verdict: null,
    readings: [],
    asOf: null,
    proof: null,
    reference,
  };
  const record = { kind: NOTICE, id, createdAt: now, state: 'waiting', owner: null, subject: to, ref: reference };
  return [
    { write: 'record.insert', record: { ...record, endsAt: null, body: JSON.stringify(reply) } },
    { write: 'due.put', due: { id: `${NOTICE}:${id}`, kind: NOTICE, ref: id, dueAt: now } },
  ];
}

/** Tells what is to be told; what no chat takes now is tried again, for some hours. */
export async function tellNotice(deps: Deps, teller: Teller, due: ClaimedDue): Promise<void> {
  const { store, clock, log } = deps;
  const record = await store.records.load(NOTICE, due.ref);
  if (record === null || record.state !== 'waiting') {
    await store.commit([{ write: 'due.settle', due }], []);
    return;
  }
  const reply = JSON.parse(record.body) as Reply;
  const to = record.subject ?? 'channel';
  const told = to === 'channel' ? await teller.announce(reply) : await teller.tell(extensionId(to), reply);
  if (!told && due.attempts < TRIES) {
    const retryAt = clock.now() + retryAfter(due.attempts, null);
    await store.commit([{ write: 'due.fail', due, retryAt, error: 'not delivered' }], []);
    return;
  }
  if (!told) log.warn('somebody could not be told', { to, reference: reply.reference });
  await store.commit(
    [
      { write: 'record.move', record, to: { state: told ? 'told' : 'untold' } },
      { write: 'due.settle', due },
    ],
    [],
  );
}
