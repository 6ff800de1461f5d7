import { hash as digest } from 'node:crypto';

/** An entry of the audit trail as it is exported, one to a line. */
export type TrailEntry = {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly reference: string;
  readonly body: string;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
  readonly hash: string;
};

/** An end of the trail that was written down elsewhere, such as in a channel, at some time. */
export type Anchor = { readonly seq: number; readonly hash: string };

/** What is wrong with the first bad entry. */
export type TrailProblem =
  /** Not an entry, or not in the form in which entries are exported. */
  | 'unreadable'
  /** An entry is missing before the next one, or at the end. */
  | 'missing'
  /** Another one, of an earlier number, stands in its place. */
  | 'out-of-order'
  /** Its content does not give its hash. */
  | 'altered'
  /** It does not follow on the entry before. */
  | 'unlinked'
  /** It is not the one that an anchor names: this one, or one before it, was written anew. */
  | 'not-anchored'
  /** The end that the trail itself names is another than its last entry. */
  | 'end-differs';

export type TrailVerdict =
  | {
      readonly whole: true;
      readonly entries: number;
      readonly first: number | null;
      readonly last: Anchor | null;
      /** Anchors of entries that lie before the first one given: they could not be compared. */
      readonly unchecked: readonly Anchor[];
    }
  | { readonly whole: false; readonly seq: number; readonly problem: TrailProblem };

/** A check under way: entries are given in order, and the first trouble stays the verdict. */
export type TrailCheck = {
  /** False when the trail is broken, here or before. */
  take(entry: TrailEntry): boolean;
  /** Breaks the trail at the next entry, for a line that cannot be read. */
  spoil(): void;
  /**
   * Ends the check.
   *
   * @param end - the last entry as the trail itself names it; null when it names none
   */
  end(end: Anchor | null): TrailVerdict;
};

const START = '0'.repeat(64);

/**
 * Checks a trail entry by entry, without the program that wrote it: it computes each hash on its own, as SHA-256 over
 * the JSON array `[prev, seq, at, actor, action, subject, reference, body]` in UTF-8.
 *
 * @param firstSeq - number that the first entry must have; null for a part of a trail, whose first entry is believed
 */
export function createTrailCheck(anchors: readonly Anchor[], firstSeq: number | null): TrailCheck {
  let expected = firstSeq;
  let first: number | null = null;
  let last: Anchor | null = null;
  let entries = 0;
  let broken: Extract<TrailVerdict, { whole: false }> | null = null;
  const anchored = new Map<number, string>();
  const contradicting = anchors.find(
    ({ seq, hash }) => (anchored.get(seq) ?? hash) !== hash || !anchored.set(seq, hash),
  );
  if (contradicting) breakAt(contradicting.seq, 'not-anchored');

  function breakAt(seq: number, problem: TrailProblem): void {
    broken ??= { whole: false, seq, problem };
  }

  function take(entry: TrailEntry): boolean {
    if (broken !== null) return false;
    const next = expected ?? entry.seq;
    const problem = problemOf(entry, next, last?.hash ?? (entry.seq === 1 ? START : entry.prev));
    if (problem !== null) breakAt(next, problem);
    else if ((anchored.get(entry.seq) ?? entry.hash) !== entry.hash) breakAt(entry.seq, 'not-anchored');
    first ??= entry.seq;
    last = { seq: entry.seq, hash: entry.hash };
    expected = entry.seq + 1;
    entries += 1;
    return broken === null;
  }

  function end(named: Anchor | null): TrailVerdict {
    const lastSeq = last?.seq ?? (firstSeq ?? 1) - 1;
    const furthest = Math.max(0, named?.seq ?? 0, ...anchored.keys());
    if (furthest > lastSeq) breakAt(lastSeq + 1, 'missing');
    if (named !== null && last !== null && (named.seq !== last.seq || named.hash !== last.hash)) {
      breakAt(named.seq, 'end-differs');
    }
    if (broken !== null) return broken;
    const unchecked = anchors.filter(({ seq }) => first === null || seq < first);
    return { whole: true, entries, first, last, unchecked };
  }

  return { take, spoil: () => breakAt(expected ?? 1, 'unreadable'), end };
}

function problemOf(entry: TrailEntry, next: number, prev: string): TrailProblem | null {
  if (entry.seq > next) return 'missing';
  if (entry.seq < next) return 'out-of-order';
  if (hashOf(entry) !== entry.hash) return 'altered';
  return entry.prev === prev ? null : 'unlinked';
}

function hashOf({ prev, seq, at, actor, action, subject, reference, body }: TrailEntry): string {
  return digest('sha256', JSON.stringify([prev, seq, at, actor, action, subject, reference, body]));
}

/** An entry as one line of an export. The same entry always gives the same bytes. */
export function trailLine({ seq, at, actor, action, subject, reference, body, prev, hash }: TrailEntry): string {
  return JSON.stringify({ seq, at, actor, action, subject, reference, body, prev, hash });
}

/** The last line of an export: names its end, so that a file that lost its last lines is noticed. */
export function trailEndLine({ seq, hash }: Anchor): string {
  return JSON.stringify({ end: { seq, hash } });
}

/** A line of an export: an entry, or, as the last one, the name of the end. */
export type TrailLine =
  | { readonly kind: 'entry'; readonly entry: TrailEntry }
  | { readonly kind: 'end'; readonly end: Anchor };

/** Reads a line of an export; null unless it is exactly, to the byte, what an export would hold. */
export function readTrailLine(line: string): TrailLine | null {
  const value = parsed(line);
  if (isEntry(value)) return trailLine(value) === line ? { kind: 'entry', entry: value } : null;
  const end = isObject(value) ? value.end : null;
  return isAnchor(end) && trailEndLine(end) === line ? { kind: 'end', end } : null;
}

/** Reads `seq:hash` as it was posted; null when it is something else. */
export function readAnchor(text: string): Anchor | null {
  const found = /^([1-9][0-9]{0,15}):([0-9a-f]{64})$/.exec(text.trim());
  return found ? { seq: Number(found[1]), hash: found[2] ?? '' } : null;
}

/** An end of the trail as it is posted and given back. */
export function anchorText({ seq, hash }: Anchor): string {
  return `${seq}:${hash}`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is TrailEntry {
  if (!isObject(value) || !isCount(value.seq) || !Number.isSafeInteger(value.at)) return false;
  const texts = [value.actor, value.action, value.subject ?? '', value.reference, value.body, value.prev, value.hash];
  return texts.every((text) => typeof text === 'string');
}

function isAnchor(value: unknown): value is Anchor {
  return isObject(value) && isCount(value.seq) && typeof value.hash === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
