import { isRefusal } from '../domain/authority.ts';
import type { HistorySpan } from '../domain/history.ts';
import type { ReplyFile } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { auditTable } from './export-audit.ts';
import { history, periodOf } from './history.ts';
import type { ChainedEntry, Store } from './ports.ts';
import { saidIn } from './said.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';
import { whoHasPermission, whoHasRole } from './who-has.ts';
import { whoHasFile } from './who-has-file.ts';

/** Entries that one file holds; the whole trail is written out at the terminal. */
const EXPORTED_AT_MOST = 20_000;
/** Several instances write by several clocks: entries this far apart may stand in another order than their times. */
const CLOCKS_APART_MS = 86_400_000;

/**
 * Gives a record as a file: who has something, what was changed about somebody, or the audit trail.
 *
 * What could be asked for without a file takes the same right with one. The trail is about everybody and holds what
 * roles are made of: it takes the rights to read both, over the whole account.
 */
export async function exportRecords(session: Session, slots: Understanding): Promise<Answer> {
  if (slots.permissions.length > 0) return withWhoHasFile(await whoHasPermission(session, slots));
  const isPeriod = slots.period.since !== null || slots.period.until !== null;
  if (slots.people.length > 0 || (slots.roles.length > 0 && isPeriod)) return history(session, slots, 'always');
  if (slots.roles.length > 0) return withWhoHasFile(await whoHasRole(session, slots));
  return exportTrail(session, slots);
}

/** A question that was asked back has no file yet. */
function withWhoHasFile(given: Answer): Answer {
  return given.saying.kind === 'who-has' ? { ...given, file: whoHasFile(given.saying) } : given;
}

async function exportTrail(session: Session, slots: Understanding): Promise<Answer> {
  const right = await establishAuthority(session, 'read-others', 'account');
  if (isRefusal(right)) return refuse(right);
  if (right.sites !== null) return refuse({ kind: 'whole-account-only' });
  const contents = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(contents)) return refuse(contents);
  const { audit } = session.deps.store;
  const period = periodOf(slots);
  const readAt = session.deps.clock.now();
  // Written before anything is read, so that no copy of the trail exists that the trail does not know of.
  await audit.append({
    at: readAt,
    actor: session.asker.person.number,
    action: 'audit.exported',
    subject: null,
    reference: session.reference,
    body: JSON.stringify({
      ...period,
      ...{ words: saidIn(slots).words, proof: right.proof, identity: session.asker.proof },
    }),
  });
  const { entries, complete } = await entriesIn(audit, period);
  return answer(
    { kind: 'exported', what: 'audit', period, entries: entries.length, complete, readAt },
    { authority: right, asOf: readAt, ...(entries.length > 0 && { file: trailFile(entries) }) },
  );
}

function trailFile(entries: readonly ChainedEntry[]): ReplyFile {
  return { name: 'audit.csv', mediaType: 'text/csv', content: auditTable(entries) };
}

type Taken = { readonly entries: readonly ChainedEntry[]; readonly complete: boolean };

async function entriesIn(audit: Store['audit'], { since, until }: HistorySpan): Promise<Taken> {
  const first = since === null ? 1 : await audit.firstSince(since);
  const entries: ChainedEntry[] = [];
  if (first === null) return { entries, complete: true };
  for await (const page of audit.chain(first)) {
    for (const entry of page) {
      const isWithin = (since === null || entry.at >= since) && (until === null || entry.at < until);
      if (isWithin && entries.length >= EXPORTED_AT_MOST) return { entries, complete: false };
      if (isWithin) entries.push(entry);
    }
    if (until !== null && page.every(({ at }) => at >= until + CLOCKS_APART_MS)) break;
  }
  return { entries, complete: true };
}
