import type { Actor } from '#src/domain/actor.ts';
import type { Button, Home, Turn } from '#src/domain/reply.ts';

/** What the Slack door needs of the conversation. */
export type Conversation = {
  say(input: { readonly actor: Actor; readonly text: string; readonly thread: string }): Promise<Turn>;
  press(input: { readonly actor: Actor; readonly button: Button; readonly thread: string }): Promise<Turn>;
  home(actor: Actor): Promise<Home>;
};
