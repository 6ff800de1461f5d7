import type { ReplyFile } from '../domain/reply.ts';
import type { Card } from './card.ts';
import { plain } from './words.ts';

/** What became of the file of a reply. */
export type FileWent =
  /** Posted in the direct conversation in which the asker is. */
  | { readonly kind: 'here' }
  | { readonly kind: 'direct-message' }
  /** The app lacks the scopes to post files. */
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'undelivered' }
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'unwritten'; readonly path: string; readonly why: string };

/** The card of a reply with where its file is, or why it is nowhere. */
export function withFileNote(card: Card, file: ReplyFile, went: FileWent): Card {
  return { ...card, parts: [...card.parts, { kind: 'text', text: note(plain(file.name, 80), went) }] };
}

function note(name: string, went: FileWent): string {
  switch (went.kind) {
    case 'here':
      return `The file ${name} is in this conversation.`;
    case 'direct-message':
      return `The file ${name} is in your direct messages with me: what is posted in a channel can be read by everybody in it.`;
    case 'not-allowed':
      return `The file ${name} could not be posted. Rolecall has to be installed anew with the scopes files:write and im:write; ask your Slack administrator.`;
    case 'undelivered':
      return `The file ${name} could not be posted in Slack just now. Ask for it again in a minute.`;
    case 'written':
      return `The file is written: ${plain(went.path, 500)}`;
    case 'unwritten':
      return `The file ${plain(went.path, 500)} could not be written: ${plain(went.why, 200)}. Nothing was overwritten.`;
  }
}
