/** Kinds of things that can be named; a pattern writes them in capitals. */
export const SLOT_SYMBOLS = [
  'WHO',
  'GROUP',
  'SELF',
  'ROLE',
  'PERM',
  'APP',
  'SCOPE',
  'PARTNER',
  'REQ',
  'ENDPOINT',
  'ERROR',
  'NUMBER',
  'TIME',
  'TICKET',
  'REASON',
  'NAME',
  'UNKNOWN',
  'FILLER',
  'NOT',
  'QUESTION',
  'PERSON',
  'REST',
  'MORE',
  'EXCEPT',
] as const;

export type SlotSymbol = (typeof SLOT_SYMBOLS)[number];

/** Numbers symbols: slot symbols first, then `@classes` and literal words as the grammar needs them. */
export type Symbols = { readonly number: (symbol: string) => number; readonly count: () => number };

/** A symbol table that knows the slot symbols. */
export function createSymbols(): Symbols {
  const numbers = new Map<string, number>(SLOT_SYMBOLS.map((symbol, at) => [symbol, at]));
  return {
    count: () => numbers.size,
    number: (symbol) => {
      const known = numbers.get(symbol);
      if (known !== undefined) return known;
      numbers.set(symbol, numbers.size);
      return numbers.size - 1;
    },
  };
}

const SLOT_NUMBERS: ReadonlyMap<string, number> = new Map(SLOT_SYMBOLS.map((symbol, at) => [symbol, at]));

/** The number of a slot symbol. */
export function slotSymbol(symbol: SlotSymbol): number {
  return SLOT_NUMBERS.get(symbol) ?? -1;
}
