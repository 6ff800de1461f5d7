import type { Home, Reply } from '../domain/reply.ts';
import { toBlockKit } from './block-kit.ts';
import { blockProblems, type CardBlock, LIMITS } from './blocks.ts';
import type { Card } from './card.ts';
import { render, type Wording } from './wording.ts';

/** What Slack shows on the app's home tab. */
export type HomeView = { type: 'home'; blocks: CardBlock[] };

/** The home page of one person: who they are and what roles they have, then those for a time, then what they can say. */
export function toHomeView(home: Home, wording?: Wording): HomeView {
  const temporary = home.grants === null || isEmpty(home.grants) ? [] : [home.grants];
  return viewOf([home.whoami, ...temporary, home.help].map((reply) => render(reply, wording)));
}

/** Having no temporary role is not worth a line. */
function isEmpty({ saying }: Reply): boolean {
  return saying.kind !== 'grant-list' || saying.rows.length === 0;
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
