import { open } from 'node:fs/promises';
import {
  type Anchor,
  anchorText,
  createTrailCheck,
  readAnchor,
  readTrailLine,
  type TrailLine,
  type TrailProblem,
  type TrailVerdict,
} from '#src/domain/verify-audit.ts';
import { type ExportFormat, exportAudit, exportSeen } from '#src/usecases/export-audit.ts';
import { readArguments, Usage } from './arguments.ts';
import type { Composition, Io, Trail } from './composition.ts';

const USAGE = `rolecall audit verify [--anchor SEQ:HASH]... [--file EXPORT.jsonl]
       rolecall audit export [--format jsonl|csv] [--since DATE] [--seen]
       rolecall audit head`;

/** Checks, writes out or names the end of the audit trail. Exit code 0: whole, or done; 1: broken, or it failed. */
export async function audit(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      anchor: { type: 'string', multiple: true },
      file: { type: 'string' },
      format: { type: 'string' },
      since: { type: 'string' },
      seen: { type: 'boolean' },
    },
    USAGE,
  );
  const [task, ...rest] = positionals;
  if (rest.length > 0) throw new Usage(`There is a word too many.\nUsage: ${USAGE}`);
  switch (task) {
    case 'verify': {
      const anchors = (values.anchor ?? []).map(anchorOf);
      return values.file === undefined ? verify(io, compose, anchors) : verifyFile(io, values.file, anchors);
    }
    case 'export':
      return exportTrail(io, compose, formatOf(values.format), sinceOf(values.since), values.seen ?? false);
    case 'head':
      return withTrail(io, compose, async (trail) => {
        const head = await trail.audit.head();
        io.out(head === null ? 'The audit trail is empty.' : anchorText(head));
        return 0;
      });
    default:
      throw new Usage(`Say what to do with the audit trail.\nUsage: ${USAGE}`);
  }
}

function anchorOf(text: string): Anchor {
  const anchor = readAnchor(text);
  if (anchor === null)
    throw new Usage('--anchor takes a number, a colon and a hash of 64 digits, as they were posted.');
  return anchor;
}

function formatOf(text = 'jsonl'): ExportFormat {
  if (text === 'jsonl' || text === 'csv') return text;
  throw new Usage('--format takes jsonl or csv.');
}

function sinceOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Usage('--since takes a date such as 2026-11-01, or an instant with its zone.');
  return at;
}

async function withTrail(io: Io, compose: Composition, work: (trail: Trail) => Promise<number>): Promise<number> {
  const trail = await compose.openTrail(io.env);
  try {
    return await work(trail);
  } finally {
    await trail.close();
  }
}

function verify(io: Io, compose: Composition, anchors: readonly Anchor[]): Promise<number> {
  return withTrail(io, compose, async ({ audit: trail, where }) => {
    const check = createTrailCheck(anchors, 1);
    for (let from = 1; ; ) {
      const begun = from;
      for await (const page of trail.chain(from)) {
        if (!page.every((entry) => check.take(entry))) return tell(io, where, check.end(null));
        from = (page.at(-1)?.seq ?? from) + 1;
      }
      const end = await trail.head();
      // A running service may have added some since: those are checked as well.
      const nothingNew = end === null || end.seq < from || from === begun;
      if (nothingNew) return tell(io, where, check.end(end));
    }
  });
}

async function verifyFile(io: Io, path: string, anchors: readonly Anchor[]): Promise<number> {
  const check = createTrailCheck(anchors, null);
  const file = await opened(path);
  let end: Anchor | null = null;
  let number = 0;
  try {
    for await (const line of file.readLines()) {
      number += 1;
      // Nothing may come after the line that names the end.
      const read: TrailLine | null = end === null ? readTrailLine(line) : null;
      if (read?.kind === 'end') end = read.end;
      else if (read === null) check.spoil();
      if (read === null || (read.kind === 'entry' && !check.take(read.entry))) {
        return tell(io, `${path}, line ${number}`, check.end(null));
      }
    }
  } finally {
    await file.close();
  }
  const verdict = check.end(end);
  return verdict.whole && end === null ? tellCutOff(io, path, verdict.last) : tell(io, path, verdict);
}

/** An export names its end in its last line; without it, lines were lost. */
function tellCutOff(io: Io, path: string, last: Anchor | null): number {
  const after = last === null ? 'it is empty' : `it ends after entry ${last.seq}`;
  io.out(`${path} is not whole: ${after}, without the line that names its end.`);
  return 1;
}

async function opened(path: string) {
  try {
    return await open(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Usage(`The file ${path} cannot be read (${why}). Nothing was checked.`);
  }
}

const PROBLEMS: Record<TrailProblem, string> = {
  unreadable: 'cannot be read, or is not written as an export writes it',
  missing: 'is missing',
  'out-of-order': 'is not in its place: an earlier one stands there',
  altered: 'was altered: its content does not give its hash',
  unlinked: 'does not follow on the entry before it',
  'not-anchored': 'is not the one that the anchor names: it, or one before it, was written anew',
  'end-differs': 'is named as the last one, but the trail ends otherwise',
};

function tell(io: Io, where: string, verdict: TrailVerdict): number {
  if (!verdict.whole) {
    io.out(`${where}: the audit trail is broken. Entry ${verdict.seq} ${PROBLEMS[verdict.problem]}.`);
    return 1;
  }
  const { entries, first, last, unchecked } = verdict;
  if (last === null) {
    io.out(`${where}: the audit trail is empty.`);
    return 0;
  }
  const part = first === 1 ? '' : ` from entry ${first} on; what comes before is not in it`;
  io.out(`${where}: the audit trail is whole${part}. Entries: ${entries}. Its end: ${anchorText(last)}`);
  for (const anchor of unchecked) io.out(`Not compared, because it lies before the first entry: ${anchorText(anchor)}`);
  return 0;
}

function exportTrail(
  io: Io,
  compose: Composition,
  format: ExportFormat,
  since: number | null,
  seen: boolean,
): Promise<number> {
  return withTrail(io, compose, async (trail) => {
    const pieces = seen ? exportSeen(trail.seen, format, since) : exportAudit(trail.audit, format, since);
    for await (const piece of pieces) await io.pour(piece);
    return 0;
  });
}
