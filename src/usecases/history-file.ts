import type { HistoryEvent, HistoryFact, HistoryOutcome, RememberedRole } from '../domain/history.ts';
import type { ReplyFile } from '../domain/reply.ts';
import { csv } from './csv.ts';

const COLUMNS = [
  ...['at', 'asked_by', 'asked_by_name', 'extension', 'name', 'what', 'before', 'after', 'outcome'],
  ...['reason', 'ticket', 'reference'],
] as const;

/** History of any length, one line for each person that something happened to. Times are UTC. */
export function historyFile(events: readonly HistoryEvent[]): ReplyFile {
  const rows = events.map((event) => [
    new Date(event.at).toISOString(),
    event.by?.number ?? '',
    event.by?.name ?? '',
    event.person?.number ?? '',
    event.person?.name ?? '',
    ...factCells(event.fact),
    outcomeCell(event.outcome),
    event.reason ?? '',
    event.ticket ?? '',
    event.reference,
  ]);
  return { name: 'history.csv', mediaType: 'text/csv', content: csv([COLUMNS, ...rows]) };
}

/** What happened, and what was before and after. */
function factCells(fact: HistoryFact): readonly [string, string, string] {
  switch (fact.kind) {
    case 'roles':
      return ['roles', list(fact.before), list(fact.after)];
    case 'ended':
      return [fact.early ? 'ended early' : 'time over', list(fact.before), list(fact.after)];
    case 'definition': {
      const { intent, name, newName, added, removed } = fact;
      const changes = [...added.map((id) => `added ${id}`), ...removed.map((id) => `removed ${id}`)];
      return [intent, list([name]), [...(newName === null ? [] : [newName]), ...changes].join('; ')];
    }
    case 'extended':
      return ['new end', list([fact.role]), fact.until === null ? 'no end' : new Date(fact.until).toISOString()];
    case 'end-failed':
      return ['end failed', '', ''];
    case 'not-begun':
      return ['not begun', '', ''];
  }
}

function list(roles: readonly RememberedRole[]): string {
  return roles.map((role) => role ?? '(a role not shown to you)').join('; ');
}

function outcomeCell(outcome: HistoryOutcome): string {
  return outcome.kind === 'not-done' ? `not done: ${outcome.code}` : outcome.kind;
}
