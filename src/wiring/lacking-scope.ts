import type { RingCentralDirectories } from '../adapters/ringcentral-directory/index.ts';
import type { Conversation } from '../conversation/index.ts';
import type { Turn } from '../domain/reply.ts';

/**
 * Leaves no session for later processes whose token lacked an app permission: whoever adds the permission and asks
 * again would otherwise be refused until that token ends.
 */
export function forgetfulOfSessions(
  conversation: Conversation,
  { forgetSession }: Pick<RingCentralDirectories, 'forgetSession'>,
): Conversation {
  async function look(turn: Turn): Promise<Turn> {
    const { saying } = turn.reply;
    if (saying.kind === 'refused' && saying.reason.kind === 'app-lacks-scope') await forgetSession();
    return turn;
  }
  return {
    say: async (utterance) => look(await conversation.say(utterance)),
    press: async (press) => look(await conversation.press(press)),
    home: (actor) => conversation.home(actor),
  };
}
