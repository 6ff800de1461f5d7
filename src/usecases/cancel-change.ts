import type { Button } from '../domain/reply.ts';
import { alreadySettled, findWaiting } from './find-waiting.ts';
import { readConfirmBody } from './pending-body.ts';
import type { AuditEntry } from './ports.ts';
import { changeEntry } from './record-change.ts';
import { readRoleBody } from './role-body.ts';
import { roleEntry } from './role-records.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Drops a change that waits for its confirmation. */
export async function cancelChange(session: Session, button: Button): Promise<Answer> {
  const waiting = await findWaiting(session, button, 'confirm');
  if (!waiting.open) return refuse(waiting.reason);
  const { id, version, body } = waiting.value;
  const entry = entryOf(session, body, id);
  const first = await session.deps.store.pending.move(id, version, 'open', 'cancelled', entry);
  if (first) return answer({ kind: 'cancelled' }, { outcome: 'declined' });
  const settled = await alreadySettled(session, id);
  return settled.open ? refuse({ kind: 'stale' }) : refuse(settled.reason);
}

function entryOf(session: Session, body: string, id: string): AuditEntry | null {
  const change = readConfirmBody(body);
  if (change !== null) return changeEntry(session, 'change.cancelled', change.plan, { pending: id });
  const role = readRoleBody(body);
  return role === null ? null : roleEntry(session, 'role.cancelled', role.plan, { pending: id });
}
