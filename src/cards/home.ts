import type { Home } from '../domain/reply.ts';
import { toBlockKit } from './block-kit.ts';
import { blockProblems, type CardBlock, LIMITS } from './blocks.ts';
import type { Card } from './card.ts';
import { render, type Wording } from './wording.ts';

/** What Slack shows on the app's home tab. */
export type HomeView = { type: 'home'; blocks: CardBlock[] };

/** The home page of one person: who they are and what roles they have, then what they can say. */
export function toHomeView(home: Home, wording?: Wording): HomeView {
  return viewOf([render(home.whoami, wording), render(home.help, wording)]);
}

/** A home page of cards, one under the other. */
export function viewOf(cards: readonly Card[]): HomeView {
  const blocks = cards.flatMap((card, index): CardBlock[] => [
    ...(index === 0 ? [] : [{ type: 'divider' as const }]),
    ...toBlockKit(card).blocks,
  ]);
  const fits = blockProblems(blocks, LIMITS.viewBlocks).length === 0;
  return { type: 'home', blocks: fits ? blocks : cards.slice(0, 1).flatMap((card) => toBlockKit(card).blocks) };
}
