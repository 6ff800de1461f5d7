import type { ChatMessage, Place, SharedFile } from '#src/adapters/slack-chat/index.ts';
import type { Attachment, UnusableAttachment } from '#src/domain/attachment.ts';
import { type Door, guarded, messageOfTurn, nameActor, tellNotice, threadKey, withPatience } from './door.ts';

/** Answers words and the file that came with them: names the actor, asks the conversation, tells the member alone. */
export function answerWords(
  door: Door,
  place: Place,
  teams: readonly string[],
  text: string,
  files: readonly SharedFile[] = [],
): Promise<void> {
  return guarded(door, place, async () => {
    const message = await withPatience(door, answer(door, place, teams, text, files), () =>
      tellNotice(door, place, 'still-working'),
    );
    await door.chat.tell(place, message);
  });
}

async function answer(
  door: Door,
  place: Place,
  teams: readonly string[],
  text: string,
  files: readonly SharedFile[],
): Promise<ChatMessage> {
  const actor = await nameActor(door, place.member, teams, false);
  const attachment = await attachmentOf(door, files);
  const turn = await door.conversation.say({
    actor,
    text: wordsOf(door, text, files.length > 0),
    thread: threadKey(door, place),
    ...(attachment === null ? {} : { attachment }),
  });
  return messageOfTurn(door, place, turn);
}

async function attachmentOf(door: Door, files: readonly SharedFile[]): Promise<Attachment | UnusableAttachment | null> {
  const [file, ...others] = files;
  if (file === undefined) return null;
  if (others.length > 0) return { name: file.name, trouble: { kind: 'several', count: files.length } };
  return door.chat.fetchFile(file);
}

/** The words without the mention of the assistant itself; nothing at all, and no file either, means help. */
function wordsOf(door: Door, text: string, withFile: boolean): string {
  const mention = new RegExp(`<@${door.installation.botUserId}(?:\\|[^>]*)?>`, 'gu');
  const words = text.replace(mention, ' ').trim();
  return words === '' && !withFile ? 'help' : words;
}
