import { extensionIn, type Grant, isOpen } from '../domain/grant.ts';
import type { Button } from '../domain/reply.ts';
import { endNow } from './end-grant.ts';
import { extendTo, pressExtend } from './extend-grant.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { type KeptLedger, loadLedger } from './ledgers.ts';
import { readGrantBody } from './preview-grant.ts';
import { retryEnd } from './retry-end.ts';
import { type Answer, refuse, type Session } from './session.ts';

/** Carries out what was confirmed about a grant. */
export async function confirmGrant(session: Session, button: Button): Promise<Answer> {
  const { store } = session.deps;
  const waiting = await findWaiting(session, button, 'confirm');
  if (!waiting.open) return refuse(waiting.reason);
  const { id, version } = waiting.value;
  const body = readGrantBody(waiting.value.body);
  if (body === null) return refuse({ kind: 'stale' });
  if (!(await store.pending.move(id, version, 'open', 'done', null))) {
    const settled = await alreadySettled(session, id);
    return refuse(settled.open ? { kind: 'stale' } : settled.reason);
  }
  const found = await openGrant(session, body.grant);
  if (found === null || found.grant.revision !== body.revision) return refuse({ kind: 'grant-moved' });
  const { kept, grant } = found;
  return body.endsAt === null ? endNow(session, kept, grant) : extendTo(session, kept, grant, body.endsAt);
}

/** Does what the button of a warning or an alert says; the grant is looked up as it is now. */
export async function pressGrant(session: Session, button: Button): Promise<Answer> {
  const found = await openGrant(session, button.id);
  if (found === null) return refuse({ kind: 'grant-moved' });
  const { kept, grant } = found;
  switch (button.action) {
    case 'extend-grant':
      return pressExtend(session, kept, grant, button);
    case 'end-grant':
      return endNow(session, kept, grant);
    default:
      return retryEnd(session, kept, grant);
  }
}

async function openGrant(
  session: Session,
  id: string,
): Promise<{ readonly kept: KeptLedger; readonly grant: Grant } | null> {
  const extension = extensionIn(id);
  const kept = extension === null ? null : await loadLedger(session.deps.store, extension);
  const grant = kept?.ledger.grants.find((each) => each.id === id);
  return kept === null || grant === undefined || !isOpen(grant) ? null : { kept, grant };
}
