import { assertNever } from '../domain/faults.ts';
import type { Card } from './card.ts';

/** What a door has to say by itself, before or without any question being understood. */
export type Notice =
  | 'unknown-button'
  | 'unreadable-button'
  | 'unknown-command'
  | 'unknown-shortcut'
  | 'unknown-form'
  | 'still-working'
  | 'already-working'
  | 'failed'
  | 'home-failed';

/**
 * Words for a notice.
 *
 * @param reference - finds the event in the log; empty when there is nothing to find
 */
export function notice(kind: Notice, reference: string): Card {
  const [headline, line] = words(kind);
  return {
    headline,
    parts: [{ kind: 'text', text: line }],
    buttons: [],
    footnote: reference === '' ? '' : `ref ${reference}`,
  };
}

function words(kind: Notice): readonly [string, string] {
  switch (kind) {
    case 'unknown-button':
      return ['I do not know this button.', 'Nothing was changed. Ask again to get a new one.'];
    case 'unreadable-button':
      return [
        'This button cannot be read.',
        'It does not carry what Rolecall put on it. Nothing was changed. Ask again to get a new one.',
      ];
    case 'unknown-command':
      return ['I do not know this command.', 'Nothing was changed. Write "/rolecall help" to see what I can do.'];
    case 'unknown-shortcut':
      return ['I do not know this shortcut.', 'Nothing was changed. Write "/rolecall help" to see what I can do.'];
    case 'unknown-form':
      return ['I do not know this form.', 'Nothing was changed. Ask again.'];
    case 'still-working':
      return ['Still working on it.', 'RingCentral takes its time. The answer follows here.'];
    case 'already-working':
      return ['This is being worked on already.', 'This click changed nothing. The result of the first one follows.'];
    case 'failed':
      return [
        'That did not work: something went wrong inside Rolecall.',
        'What is already written stays in the record and is checked against RingCentral. Ask again; if it stays so, tell your administrator the reference.',
      ];
    case 'home-failed':
      return ['Your page cannot be shown now.', 'Nothing was changed. Open it again in a minute.'];
    default:
      return assertNever(kind);
  }
}
