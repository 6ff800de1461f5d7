export { ACTION_PREFIX, toBlockKit, toSimpleBlocks } from './block-kit.ts';
export type { Card } from './card.ts';
export { type FileWent, withFileNote } from './file-note.ts';
export { toHomeView, viewOf } from './home.ts';
export { type Notice, notice } from './notices.ts';
export { renderText, toText } from './text.ts';
export { render } from './wording.ts';
