import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Anchor,
  anchorText,
  createTrailCheck,
  readAnchor,
  readTrailLine,
  type TrailEntry,
  type TrailLine,
  type TrailVerdict,
  trailEndLine,
  trailLine,
} from '#src/domain/verify-audit.ts';

function hashed(entry: Omit<TrailEntry, 'hash'>): TrailEntry {
  const { prev, seq, at, actor, action, subject, reference, body } = entry;
  const text = JSON.stringify([prev, seq, at, actor, action, subject, reference, body]);
  return { ...entry, hash: createHash('sha256').update(text).digest('hex') };
}

/** A whole trail of so many entries; `told` is put into each. */
function trail(length: number, told = 'x', from = 1, prev = '0'.repeat(64)): TrailEntry[] {
  const entries: TrailEntry[] = [];
  for (let seq = from; seq < from + length; seq += 1) {
    const facts = { seq, at: seq * 10, actor: '103', action: 'change.outcome', subject: seq % 2 ? '101' : null };
    entries.push(hashed({ ...facts, reference: 'R1', body: `{"told":"${told}"}`, prev: entries.at(-1)?.hash ?? prev }));
  }
  return entries;
}

function endOf(entries: readonly TrailEntry[]): Anchor | null {
  const last = entries.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : null;
}

function verdictOn(
  entries: readonly TrailEntry[],
  {
    end = endOf(entries),
    anchors = [],
    firstSeq = 1 as number | null,
  }: {
    end?: Anchor | null;
    anchors?: readonly Anchor[];
    firstSeq?: number | null;
  } = {},
): TrailVerdict {
  const check = createTrailCheck(anchors, firstSeq);
  for (const entry of entries) check.take(entry);
  return check.end(end);
}

/** As `audit verify --file` reads an export. */
function verdictOnText(text: string): TrailVerdict | 'cut off' {
  const check = createTrailCheck([], null);
  let end: Anchor | null = null;
  for (const line of text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined)) {
    const read: TrailLine | null = end === null ? readTrailLine(line) : null;
    if (read === null) check.spoil();
    else if (read.kind === 'end') end = read.end;
    else check.take(read.entry);
  }
  const verdict = check.end(end);
  return verdict.whole && end === null ? 'cut off' : verdict;
}

describe('a whole trail', () => {
  it('is found whole, with its end, whatever was told in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.string(), (length, told) => {
        const entries = trail(length, told.toWellFormed());
        expect(verdictOn(entries)).toEqual({
          whole: true,
          entries: length,
          first: 1,
          last: endOf(entries),
          unchecked: [],
        });
      }),
    );
  });

  it('is whole when there is nothing in it', () => {
    expect(verdictOn([])).toEqual({ whole: true, entries: 0, first: null, last: null, unchecked: [] });
  });

  it('agrees with the anchors that were taken from it', () => {
    const entries = trail(5);
    const anchors = [entries[1], entries[4]].flatMap((entry) => entry ?? []);
    expect(verdictOn(entries, { anchors })).toMatchObject({ whole: true });
  });

  it('may be checked in part, and anchors before the part are named as not compared', () => {
    const entries = trail(6);
    const anchors = [entries[0], entries[3]].flatMap((entry) => endOf(entry ? [entry] : []) ?? []);
    expect(verdictOn(entries.slice(2), { firstSeq: null, anchors })).toMatchObject({
      whole: true,
      entries: 4,
      first: 3,
      unchecked: [anchors[0]],
    });
  });
});

describe('a broken trail', () => {
  it('names the entry in which any value was changed', () => {
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.constantFrom('at', 'actor', 'action', 'subject', 'reference', 'body', 'prev', 'hash'),
        fc.nat(),
        (place, column, salt) => {
          const entries = trail(6);
          const found = entries[place];
          if (!found) return;
          const other = column === 'at' ? found.at + 1 + salt : `${found[column as 'body'] ?? ''}${salt}`;
          entries[place] = { ...found, [column]: other };
          expect(verdictOn(entries, { end: null })).toMatchObject({ whole: false, seq: place + 1 });
        },
      ),
    );
  });

  it('names the first entry that is missing, wherever it was taken out', () => {
    for (let place = 0; place < 6; place += 1) {
      const entries = trail(6);
      const end = endOf(entries);
      entries.splice(place, 1);
      expect(verdictOn(entries, { end })).toEqual({ whole: false, seq: place + 1, problem: 'missing' });
    }
  });

  it('names the first entry out of its place', () => {
    const [a, b, c, d] = trail(4) as [TrailEntry, TrailEntry, TrailEntry, TrailEntry];
    expect(verdictOn([a, c, b, d])).toMatchObject({ whole: false, seq: 2, problem: 'missing' });
    expect(verdictOn([a, b, b, c, d])).toMatchObject({ whole: false, seq: 3, problem: 'out-of-order' });
    const renumbered = [a, { ...c, seq: 2 }, { ...b, seq: 3 }, d];
    expect(verdictOn(renumbered)).toMatchObject({ whole: false, seq: 2, problem: 'altered' });
  });

  it('names the entry that was put in by somebody who can compute hashes', () => {
    const entries = trail(4);
    const [forged] = trail(1, 'forged', 3, entries[1]?.hash);
    if (!forged) throw new Error('nothing was forged');
    expect(verdictOn([...entries.slice(0, 2), forged, ...entries.slice(3)])).toEqual({
      whole: false,
      seq: 4,
      problem: 'unlinked',
    });
  });

  it('that was written anew from some entry on is told by an anchor of that entry or a later one', () => {
    const entries = trail(6);
    const anchors = [entries[4]].flatMap((entry) => entry ?? []);
    const anew = [...entries.slice(0, 3), ...trail(3, 'forged', 4, entries[2]?.hash)];
    expect(verdictOn(anew)).toMatchObject({ whole: true });
    expect(verdictOn(anew, { anchors })).toEqual({ whole: false, seq: 5, problem: 'not-anchored' });
  });

  it('that was cut off is told by its own end, and by an anchor when that was changed too', () => {
    const entries = trail(6);
    const end = endOf(entries);
    const cut = entries.slice(0, 4);
    expect(verdictOn(cut, { end })).toEqual({ whole: false, seq: 5, problem: 'missing' });
    expect(verdictOn(cut)).toMatchObject({ whole: true });
    expect(verdictOn(cut, { anchors: end ? [end] : [] })).toEqual({ whole: false, seq: 5, problem: 'missing' });
    expect(verdictOn([], { end })).toEqual({ whole: false, seq: 1, problem: 'missing' });
  });

  it('that goes on after its named end, or names another hash for it, is told', () => {
    const entries = trail(4);
    expect(verdictOn(entries, { end: endOf(entries.slice(0, 3)) })).toMatchObject({ seq: 3, problem: 'end-differs' });
    expect(verdictOn(entries, { end: { seq: 4, hash: 'f'.repeat(64) } })).toMatchObject({ seq: 4 });
  });

  it('is told from two anchors that contradict each other', () => {
    const entries = trail(2);
    const anchors = [
      { seq: 2, hash: entries[1]?.hash ?? '' },
      { seq: 2, hash: 'f'.repeat(64) },
    ];
    expect(verdictOn(entries, { anchors })).toMatchObject({ whole: false, seq: 2, problem: 'not-anchored' });
  });
});

describe('an export', () => {
  const entries = trail(4, 'Köhler 🎺 \\u000a');
  const end = endOf(entries);
  const text = `${entries.map(trailLine).join('\n')}\n${end ? trailEndLine(end) : ''}\n`;

  it('is found whole as it was written', () => {
    expect(verdictOnText(text)).toMatchObject({ whole: true, entries: 4, last: end });
  });

  it('is found broken after a change of any one byte, in the line of that byte or at its end', () => {
    const bytes = Buffer.from(text);
    const lineOf = (at: number) => bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
    for (let at = 0; at < bytes.length - 1; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const verdict = verdictOnText(changed.toString('utf8'));
      if (verdict === 'cut off') continue;
      expect(verdict.whole, `byte ${at}`).toBe(false);
      if (!verdict.whole && lineOf(at) <= 4) expect(verdict.seq, `byte ${at}`).toBe(lineOf(at));
    }
  });

  it.each([
    ['a space more', (line: string) => line.replace('{', '{ ')],
    ['other order', (line: string) => line.replace(/"seq":(\d+),"at":(\d+)/, '"at":$2,"seq":$1')],
    ['a member twice', (line: string) => line.replace('"actor"', '"at":1,"actor"')],
    ['a member more', (line: string) => line.replace(/}$/, ',"x":1}')],
    ['an escaped letter', (line: string) => line.replace('K', '\\u004b')],
  ])('is not read with %s', (_what, change) => {
    const line = trailLine(entries[0] as TrailEntry);
    expect(readTrailLine(line)).toEqual({ kind: 'entry', entry: entries[0] });
    expect(readTrailLine(change(line))).toBeNull();
  });
});

describe('an anchor', () => {
  it('is read as it was posted', () => {
    const anchor = { seq: 12, hash: 'ab'.repeat(32) };
    expect(readAnchor(` ${anchorText(anchor)}\n`)).toEqual(anchor);
    for (const wrong of ['', '12', '12:abc', `0:${'a'.repeat(64)}`, `1:${'A'.repeat(64)}`]) {
      expect(readAnchor(wrong)).toBeNull();
    }
  });
});
