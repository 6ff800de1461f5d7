import { type BulkResult, tally } from '../../domain/bulk.ts';
import type { ChangeOutcome } from '../../domain/change.ts';
import { type ExtensionId, extensionNumber } from '../../domain/ids.ts';
import type { Extension } from '../../domain/people.ts';
import type { Button, ButtonAction, Saying } from '../../domain/reply.ts';
import { resultFile } from '../people-files.ts';
import type { Names } from '../ports.ts';
import { type Answer, answer, numbersOf, roleNames } from '../session.ts';
import type { BulkJob, JobItem } from './job.ts';

type Bulk = Extract<Saying, { kind: 'bulk' }>;
type Outcomes = ReadonlyMap<ExtensionId, ChangeOutcome>;

/** Tells how far a change of many people is, with a way to stop it. */
export function progress(job: BulkJob, outcomes: readonly ChangeOutcome[]): Answer {
  const waiting = Array.from({ length: Math.max(0, job.total - outcomes.length) }, () => null);
  const saying: Bulk = {
    kind: 'bulk',
    state: job.resumesAt === null ? 'running' : 'waiting',
    resumesAt: job.resumesAt,
    stopped: job.stopped,
    total: job.total,
    counts: tally([...outcomes, ...waiting]),
    trouble: [],
    leftOut: job.leftOut.length,
    reference: job.reference,
    buttons: [button('stop', job)],
  };
  return answer(saying);
}

/** Tells how it went for everybody, with what can be done about it. */
export function finalReport(job: BulkJob, items: readonly JobItem[], outcomes: Outcomes, names: Names): Answer {
  const results = items.map((item) => resultOf(item, outcomes.get(item.extension) ?? null, names));
  const told = results.map(({ outcome }) => outcome);
  const counts = tally(told);
  const changed = results.flatMap((each) => (each.outcome?.kind === 'changed' ? [each] : []));
  const again = counts.failed + counts.moved + counts.waiting + counts.differs > 0;
  const saying: Bulk = {
    kind: 'bulk',
    state: 'done',
    resumesAt: null,
    stopped: job.stopped,
    total: job.total,
    counts,
    trouble: results.filter(({ outcome }) => outcome?.kind !== 'changed' && outcome?.kind !== 'unchanged'),
    leftOut: job.leftOut.length,
    reference: job.reference,
    buttons: [...(again ? [button('retry', job)] : []), ...(changed.length > 0 ? [button('undo', job)] : [])],
  };
  const done = counts.changed + counts.unchanged === job.total;
  return answer(saying, {
    file: resultFile(results),
    outcome: changed.length > 0 ? 'changed' : done ? 'answered' : 'fault',
    about: {
      people: numbersOf(results.map(({ person }) => person)),
      roles: roleNames(results.flatMap(({ before, after }) => [...before, ...after])),
      changes: changed.map(({ person, before, after }) => ({
        extension: person.number,
        before: roleNames(before),
        after: roleNames(after),
      })),
    },
  });
}

function resultOf({ extension, before, after }: JobItem, outcome: ChangeOutcome | null, names: Names): BulkResult {
  return { person: names.byId(extension) ?? unknownPerson(extension), before, after, outcome };
}

/** Somebody who left the account since; told by the id that the record knows. */
function unknownPerson(id: ExtensionId): Extension {
  const nothing = { email: null, department: null, site: null };
  return { id, number: extensionNumber(id), name: 'Somebody who left', type: 'User', status: 'unknown', ...nothing };
}

function button(action: ButtonAction, { id }: BulkJob): Button {
  return { action, id, version: 1, index: null };
}
