import { cleanText, MENTION_CLOSE, MENTION_OPEN } from './text/clean.ts';

/** Ids of the chat members that a text mentions (`<@U102|bob>`), each once, in order. */
export function mentionsIn(text: string): string[] {
  const found: string[] = [];
  const clean = cleanText(text);
  let at = clean.indexOf(MENTION_OPEN);
  while (at !== -1) {
    const end = clean.indexOf(MENTION_CLOSE, at);
    if (end === -1) break;
    const id = clean.slice(at + 1, end);
    if (!found.includes(id)) found.push(id);
    at = clean.indexOf(MENTION_OPEN, end);
  }
  return found;
}
