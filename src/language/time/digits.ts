const DIGIT_0 = 48;
const DIGIT_9 = 57;

/** Whether a word begins with a digit, as most times and dates do; quicker than a regular expression. */
export function beginsWithDigit(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= DIGIT_0 && first <= DIGIT_9;
}
