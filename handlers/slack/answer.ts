import type { Place } from '#src/adapters/slack-chat/index.ts';
import { type Door, guarded, messageOfTurn, nameActor, tellNotice, threadKey, withPatience } from './door.ts';

/** Answers words: names the actor, asks the conversation, tells the member alone. */
export function answerWords(door: Door, place: Place, teams: readonly string[], text: string): Promise<void> {
  return guarded(door, place, async () => {
    const turn = await withPatience(
      door,
      nameActor(door, place.member, teams, false).then((actor) =>
        door.conversation.say({ actor, text: wordsOf(door, text), thread: threadKey(door, place) }),
      ),
      () => tellNotice(door, place, 'still-working'),
    );
    await door.chat.tell(place, messageOfTurn(door, turn));
  });
}

/** The words without the mention of the assistant itself; nothing at all means help. */
function wordsOf(door: Door, text: string): string {
  const mention = new RegExp(`<@${door.installation.botUserId}(?:\\|[^>]*)?>`, 'gu');
  const words = text.replace(mention, ' ').trim();
  return words === '' ? 'help' : words;
}
