import type { Reply } from '../domain/reply.ts';
import type { ClaimedDue, StoreChange, Teller } from './ports.ts';
import { answer, type Deps } from './session.ts';

/** The kind and the id of what is due for the end of the audit trail to be posted. */
export const ANCHOR = 'anchor';
const EVERY_MS = 86_400_000;
/** After the channel did not take it. */
const AGAIN_AFTER_MS = 3_600_000;

/** Makes the first posting due, where it is not yet. */
export function anchorLater(now: number): StoreChange {
  return { write: 'due.add', due: { id: ANCHOR, kind: ANCHOR, ref: 'audit', dueAt: now } };
}

/**
 * Posts the end of the audit trail where people see it, once a day: whoever rewrites or cuts off the trail later cannot
 * rewrite what is posted.
 */
export async function postAnchor(
  { store, clock, ids, log }: Pick<Deps, 'store' | 'clock' | 'ids' | 'log'>,
  teller: Pick<Teller, 'announce'>,
  due: ClaimedDue,
): Promise<void> {
  const head = await store.audit.head();
  const now = clock.now();
  const told = head === null || (await teller.announce(anchorReply(head, now, ids.reference())));
  if (told) {
    await store.commit(
      [{ write: 'due.put', due: { id: ANCHOR, kind: ANCHOR, ref: due.ref, dueAt: now + EVERY_MS } }],
      [],
    );
    return;
  }
  log.warn('the end of the audit trail could not be posted', { seq: head.seq });
  await store.commit([{ write: 'due.fail', due, retryAt: now + AGAIN_AFTER_MS, error: 'not posted' }], []);
}

function anchorReply(
  { seq, hash }: { readonly seq: number; readonly hash: string },
  now: number,
  reference: string,
): Reply {
  const { about: _, ...rest } = answer({ kind: 'anchor', seq, hash }, { asOf: now });
  return { ...rest, readings: [], reference };
}
