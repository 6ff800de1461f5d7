import type { Intent } from '../../domain/understanding.ts';
import { CUES } from '../lexicon/cues.ts';
import { filePatterns, type PatternFile } from './file-patterns.ts';
import { createSymbols, SLOT_SYMBOLS, type SlotSymbol, type Symbols } from './symbols.ts';
import type { IntentGrammar } from './types.ts';

/** One place in a pattern. */
export type Element = {
  readonly accepts: readonly number[];
  readonly optional: boolean;
  /** Kind of thing that fills it; null for mere words. */
  readonly slot: SlotSymbol | null;
  /** Name of the slot it fills instead of the kind's own. */
  readonly into: string | null;
  /** Whether an unknown word may have been meant for it; the bot then asks which. */
  readonly nameable: boolean;
  /** Whether it takes words that name nothing yet. */
  readonly takesWords: boolean;
  /** Whether the bot may ask for it when nothing names it. */
  readonly missable: boolean;
  /** Place in a list of people, where word order is not list order. */
  readonly rank: number;
};

export type Pattern = {
  readonly number: number;
  readonly grammar: IntentGrammar;
  readonly intent: Intent;
  readonly elements: readonly Element[];
  /** How many elements must be there. */
  readonly required: number;
  /** Whether one unnamed thing may be asked back. */
  readonly asksBack: boolean;
  /** Whether it only sounds like the intent, so that the bot asks whether it was meant. */
  readonly isDoubtful: boolean;
  readonly text: string;
  readonly takes: { readonly time: boolean; readonly reason: boolean; readonly group: boolean };
};

export type Grammar = {
  readonly symbols: Symbols;
  /** Words that stand literally in patterns. */
  readonly literals: readonly string[];
  readonly patterns: readonly Pattern[];
  readonly file: PatternFile;
};

/** Turns the written grammar into something that can be matched. */
export function compileGrammar(grammars: readonly IntentGrammar[]): Grammar {
  const symbols = createSymbols();
  const literals = new Set<string>();
  const patterns: Pattern[] = [];
  for (const grammar of grammars) {
    for (const say of grammar.says) {
      for (const words of orders(say))
        patterns.push(compilePattern(words, grammar, symbols, literals, patterns.length));
    }
  }
  return { symbols, literals: [...literals], patterns, file: filePatterns(patterns) };
}

function orders(say: string): readonly (readonly string[])[] {
  if (!say.startsWith('~')) return [say.split(' ').filter((word) => word !== '')];
  const words = say
    .slice(1)
    .split(' ')
    .filter((word) => word !== '');
  return permute(words);
}

function permute(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length < 2) return [words];
  return words.flatMap((word, at) =>
    permute([...words.slice(0, at), ...words.slice(at + 1)]).map((rest) => [word, ...rest]),
  );
}

function compilePattern(
  words: readonly string[],
  grammar: IntentGrammar,
  symbols: Symbols,
  literals: Set<string>,
  number: number,
): Pattern {
  const strict = words.includes('!');
  const takes: readonly string[] = grammar.takes ?? [];
  const elements = words
    .filter((word) => word !== '!' && word !== '%')
    .map((word) => compileElement(word, symbols, literals));
  return {
    number,
    grammar,
    intent: grammar.intent,
    elements,
    required: elements.filter((element) => !element.optional).length,
    asksBack: !strict,
    isDoubtful: words.includes('%'),
    text: words.join(' '),
    takes: {
      time: takes.includes('time') || takes.includes('period'),
      reason: takes.includes('reason'),
      group: takes.includes('group'),
    },
  };
}

function compileElement(written: string, symbols: Symbols, literals: Set<string>): Element {
  const optional = written.endsWith('?');
  let word = optional ? written.slice(0, -1) : written;
  let rank = 0;
  const hash = word.indexOf('#');
  if (hash > 0) {
    rank = Number(word.slice(hash + 1));
    word = word.slice(0, hash);
  }
  const colon = word.indexOf(':');
  const into = colon > 0 ? word.slice(colon + 1) : null;
  if (colon > 0) word = word.slice(0, colon);
  const alternatives = word.split('|').flatMap((one) => (one === 'PEOPLE' ? ['WHO', 'GROUP'] : [one]));
  for (const one of alternatives) {
    if (one.startsWith('@')) assertClass(one.slice(1), written);
    else if (!isSlot(one)) literals.add(one);
  }
  const slot = alternatives.find(isSlot) ?? null;
  const accepts = alternatives.map((one) => symbols.number(one));
  const nameable = slot !== null && NAMEABLE.has(slot);
  const takesWords = slot === 'NAME' || slot === 'REST';
  const missable =
    slot !== null && !['ERROR', 'TIME', 'NUMBER', 'QUESTION', 'NOT', 'MORE', 'REST', 'SELF'].includes(slot);
  return { accepts, optional, slot, into, rank, nameable, takesWords, missable };
}

/** More symbols than the grammar will ever have. */
export const MOST_SYMBOLS = 2048;
const NAMEABLE: ReadonlySet<string> = new Set(['WHO', 'ROLE', 'PERM', 'APP', 'SCOPE', 'PARTNER', 'PERSON']);

function assertClass(name: string, written: string): void {
  if (CUES[name] === undefined) throw new TypeError(`no class @${name}, named by "${written}"`);
}

function isSlot(word: string): word is SlotSymbol {
  return (SLOT_SYMBOLS as readonly string[]).includes(word);
}
