import type { Button } from '../../domain/reply.ts';
import type { Act } from '../acts.ts';
import { buildPlan } from '../build-plan.ts';
import { preview } from '../plan-change.ts';
import { type Answer, refuse, type Session } from '../session.ts';
import { loadItems, loadJob, outcomesOf } from './job.ts';

/**
 * Plans a change of many people anew for those whom it did not reach, against their lists as they are now.
 *
 * It is a change like any other: previewed, confirmed, and under the right of whoever asks.
 */
export async function retryBulk(session: Session, button: Button): Promise<Answer> {
  const { store } = session.deps;
  const kept = await loadJob(store, button.id);
  if (kept === null) return refuse({ kind: 'expired' });
  if (kept.job.asker !== session.asker.person.id) return refuse({ kind: 'not-yours' });
  if (kept.state !== 'done') return refuse({ kind: 'bulk-running' });
  const numbers = await notReached(session, kept.job.id);
  const acts = kept.job.acts.flatMap((act) => restrictedTo(act, numbers));
  const planned = await buildPlan(session, acts);
  if (!planned.open) return refuse(planned.reason);
  const { words, reason, ticket } = kept.job;
  return preview(session, { acts, words, reason, ticket }, planned.value, false);
}

async function notReached({ deps, names }: Session, id: string): Promise<readonly string[]> {
  const outcomes = await outcomesOf(deps.store, id);
  const items = await loadItems(deps.store, id);
  const left = items.filter(({ extension }) => {
    const kind = outcomes.get(extension)?.kind;
    return kind !== 'changed' && kind !== 'unchanged';
  });
  return left.flatMap(({ extension }) => names.byId(extension)?.number ?? []);
}

/** The same act for these people alone; of a copy the model stays. */
function restrictedTo(act: Act, numbers: readonly string[]): readonly Act[] {
  const model = act.intent === 'copy-roles' ? act.people.slice(-1) : [];
  const people = act.group === null ? act.people.filter((each) => numbers.includes(each)) : numbers;
  return people.length === 0 ? [] : [{ ...act, people: [...people, ...model], group: null }];
}
