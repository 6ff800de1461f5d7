export { ACTION_PREFIX, type BlockMessage, toBlockKit, toSimpleBlocks } from './block-kit.ts';
export type { Card } from './card.ts';
export { type HomeView, toHomeView, viewOf } from './home.ts';
export { type Notice, notice } from './notices.ts';
export { renderText, toText } from './text.ts';
export { render, type Wording } from './wording.ts';
