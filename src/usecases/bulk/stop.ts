import type { Button } from '../../domain/reply.ts';
import { type Answer, refuse, type Session } from '../session.ts';
import { BULK, loadJob, outcomesOf } from './job.ts';
import { progress } from './report.ts';

/** Stops a change of many people: nobody else is changed; what was changed stays and can be undone. */
export async function stopBulk(session: Session, button: Button): Promise<Answer> {
  const { store, clock } = session.deps;
  const kept = await loadJob(store, button.id);
  if (kept === null || kept.state === 'done') return refuse({ kind: 'bulk-over' });
  if (kept.job.asker !== session.asker.person.id) return refuse({ kind: 'not-yours' });
  const job = { ...kept.job, stopped: 'by-person' } as const;
  const { id } = job;
  const stopped = await store.commit(
    [
      {
        write: 'record.move',
        record: { kind: BULK, id, version: kept.version },
        to: { body: JSON.stringify(job) },
      },
    ],
    [
      {
        at: clock.now(),
        actor: session.asker.person.number,
        action: 'change.stopped',
        subject: null,
        reference: session.reference,
        body: JSON.stringify({ job: id, identity: session.asker.proof }),
      },
    ],
  );
  // The worker moves the job after each step: whoever meets it there looks once more.
  return stopped ? progress(job, [...(await outcomesOf(store, id)).values()]) : stopBulk(session, button);
}
