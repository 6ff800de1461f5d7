const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
};
const SPECIAL_LETTERS = /[ßøłđæœıþ]/g;
const MARKS = /\p{M}+/gu;
const ASCII = /^[\x20-\x7e]*$/;

/**
 * Folds case and accents, so that `Köhler`, `KOHLER` and `kohler` are one word.
 *
 * Scripts without case or accents stay as they are.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  return lower
    .replace(SPECIAL_LETTERS, (letter) => SPECIAL[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKS, '')
    .normalize('NFC');
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' };
const UMLAUT_LETTERS = /[äöüå]/g;

/** The other spelling that German and Nordic names have on keyboards without umlauts (`koehler`); null when none. */
export function foldWithUmlauts(text: string): string | null {
  const lower = text.toLowerCase().normalize('NFC');
  const spelled = lower.replace(UMLAUT_LETTERS, (letter) => UMLAUTS[letter] ?? letter);
  return spelled === lower ? null : fold(spelled);
}
