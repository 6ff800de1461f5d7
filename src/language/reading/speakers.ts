import type { Lattice } from './lattice.ts';

const SPEAKERS = new Set(
  `system assistant user human admin administrator developer root command function tool ai gpt llm model instruction
  instructions prompt error alert log output response script rule rules policy message override security notice server
  console terminal shell output result agent bot`.split(/\s+/),
);
const LONGEST_LABEL = 4;

/**
 * Where a label ends that puts the words behind it into another mouth than the asker's: "system: ...", "[assistant] ...".
 *
 * 0 when there is none. What a machine, a log or a made-up authority says is never an order.
 */
export function otherSpeaker(lattice: Lattice): number {
  const { tokens } = lattice;
  let hasName = false;
  for (let at = 0; at < tokens.length && at <= LONGEST_LABEL + 2; at += 1) {
    const token = tokens[at];
    if (token === undefined) return 0;
    if (hasName && (token.text === ':' || token.text === ']' || token.text === '>')) return at + 1;
    if (SPEAKERS.has(token.key)) hasName = true;
    else if (token.kind === 'punctuation' && ![']', '[', '#', '<', '*', '/', '|'].includes(token.text)) return 0;
  }
  return 0;
}
