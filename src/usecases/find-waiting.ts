import type { Button } from '../domain/reply.ts';
import { type Gate, open, shut } from './gate.ts';
import type { Pending } from './ports.ts';
import type { Session } from './session.ts';

/** Finds an open question of the asker; otherwise says why it cannot be answered any more. */
export async function findWaiting(session: Session, button: Button, kind: Pending['kind']): Promise<Gate<Pending>> {
  const { deps, asker } = session;
  const pending = await deps.store.pending.load(button.id);
  if (pending === null) return shut({ kind: 'expired' });
  if (pending.owner !== asker.person.id) return shut({ kind: 'not-yours' });
  if (pending.version !== button.version || pending.kind !== kind) return shut({ kind: 'stale' });
  if (pending.state === 'expired') return shut({ kind: 'expired' });
  if (pending.state !== 'open') return shut({ kind: 'already-settled', state: pending.state });
  if (deps.clock.now() < pending.expiresAt) return open(pending);
  await deps.store.pending.move(pending.id, pending.version, 'open', 'expired', null);
  return shut({ kind: 'expired' });
}

/** Says that somebody else's click, or an earlier one of the same person, was first. */
export async function alreadySettled(session: Session, id: string): Promise<Gate<never>> {
  const pending = await session.deps.store.pending.load(id);
  return shut({ kind: 'already-settled', state: pending?.state ?? 'done' });
}
