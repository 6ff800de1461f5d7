import type { BulkResult } from '../../domain/bulk.ts';
import type { Saying } from '../../domain/reply.ts';
import type { CardButton } from '../card.ts';
import { clockTime, count, personName } from '../words.ts';
import { type Body, list, maybe, table, text, type Wording } from './body.ts';
import { outcomeWords } from './changes.ts';
import { refusal } from './refusals.ts';

type Bulk = Extract<Saying, { kind: 'bulk' }>;

/** People told by name when something went wrong; the file that comes with the report holds all. */
const TOLD = 50;

/** Words for a change of many people, while it runs and when it is over. */
export function bulk(saying: Bulk, wording: Wording): Body {
  const body = saying.state === 'done' ? report(saying, wording) : underWay(saying, wording);
  return { ...body, buttons: saying.buttons.map(cardButton) };
}

function underWay(saying: Bulk, { zone }: Wording): Body {
  const { counts, total, resumesAt, stopped } = saying;
  const done = total - counts.waiting;
  return {
    headline:
      stopped === null
        ? `Working on it: ${done} of ${count(total, 'person', 'people')} done.`
        : `Stopping after ${done} of ${count(total, 'person', 'people')}.`,
    parts: [
      ...maybe(
        resumesAt !== null &&
          `RingCentral cannot take more just now. It goes on at ${clockTime(resumesAt, zone)} by itself; nobody is forgotten.`,
      ),
      text(
        stopped === null
          ? 'You are told when everybody is done. It goes on by itself, also after a restart.'
          : 'Nobody else is changed. What was changed stays until you undo it.',
      ),
    ],
  };
}

function report(saying: Bulk, wording: Wording): Body {
  const { counts, total, trouble, leftOut } = saying;
  const well = counts.changed + counts.unchanged;
  return {
    headline:
      well === total
        ? `Done. ${count(counts.changed, 'person', 'people')} changed${counts.unchanged > 0 ? `, ${counts.unchanged} already as wanted` : ''}.`
        : `Partly done. ${counts.changed} of ${count(total, 'person', 'people')} changed; the others are told below.`,
    parts: [
      ...whyStopped(saying),
      ...list(null, countLines(saying)),
      ...table(
        'Who was not changed, and why',
        ['Person', 'Outcome'],
        trouble.slice(0, TOLD).map((each) => [personName(each.person), troubleWords(each, wording)]),
      ),
      ...maybe(trouble.length > TOLD && `And ${count(trouble.length - TOLD, 'other')}; the history holds them all.`),
      ...maybe(leftOut > 0 && `${count(leftOut, 'person', 'people')} of the preview could not be included.`),
    ],
  };
}

function whyStopped({ stopped }: Bulk): Body['parts'] {
  if (stopped === null) return [];
  if (stopped === 'by-person') return [text('You stopped it: nobody else was changed.')];
  const { headline, parts } = refusal(stopped);
  return [text(`It stopped on the way. ${headline}`), ...parts];
}

function countLines({ counts }: Bulk): readonly string[] {
  const lines: readonly (readonly [number, string])[] = [
    [counts.moved, 'left as they are, because somebody else changed them meanwhile'],
    [counts.refused, 'refused'],
    [counts.failed, 'failed, with the old list in place'],
    [counts.differs, 'not as asked: check them'],
    [counts.unsettled, 'not known yet'],
    [counts.waiting, 'not reached'],
  ];
  return lines.filter(([times]) => times > 0).map(([times, what]) => `${times} ${what}.`);
}

function troubleWords({ outcome, ...rest }: BulkResult, { zone }: Wording): string {
  return outcome === null ? 'Their turn did not come; nothing was changed.' : outcomeWords({ ...rest, outcome }, zone);
}

function cardButton(button: Bulk['buttons'][number]): CardButton {
  switch (button.action) {
    case 'stop':
      return {
        label: 'Stop',
        button,
        style: 'danger',
        confirm: {
          title: 'Stop here?',
          text: 'Nobody else is changed. What was changed stays until you undo it.',
          yes: 'Stop',
          no: 'Go on',
        },
      };
    case 'retry':
      return { label: 'Try the others again', button, style: 'primary', confirm: null };
    default:
      return { label: 'Undo', button, style: null, confirm: null };
  }
}
