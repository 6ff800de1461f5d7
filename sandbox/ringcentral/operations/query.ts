import { invalidParameter } from '../http/failure.ts';

/** Reads a repeatable parameter that takes known words only. @throws {ApiFailure} 400 CMN-101 */
export function demandWords(query: URLSearchParams, name: string, known: readonly string[]): ReadonlySet<string> {
  const words = query.getAll(name).filter((word) => word !== '');
  if (words.some((word) => !known.includes(word))) throw invalidParameter(name);
  return new Set(words);
}

/** Reads a parameter that takes one of known words; null when absent. @throws {ApiFailure} 400 CMN-101 */
export function demandWord(query: URLSearchParams, name: string, known: readonly string[]): string | null {
  const word = query.get(name);
  if (word !== null && !known.includes(word)) throw invalidParameter(name);
  return word;
}
