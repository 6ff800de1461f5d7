import { createHash } from 'node:crypto';

/** Makes the ids and secrets of one sandbox: the same seed gives the same row of them. */
export type Ids = {
  /** `length` upper-case letters and digits, different at each call. */
  code(length: number): string;
  /** `length` hex digits, different at each call. */
  hex(length: number): string;
  uuid(): string;
  /** The same value at each call for the same purpose: tokens, secrets. */
  fixed(purpose: string, length: number): string;
};

/** @param seed - any number; it decides every id and secret */
export function makeIds(seed: number): Ids {
  let count = 0;
  const digest = (words: string) => createHash('sha512').update(`${seed}:${words}`).digest('hex');
  const next = () => digest(`next:${++count}`);
  return {
    code: (length) =>
      BigInt(`0x${next()}`)
        .toString(36)
        .toUpperCase()
        .slice(1, length + 1),
    hex: (length) => next().slice(0, length),
    uuid: () => next().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    fixed: (purpose, length) => digest(`fixed:${purpose}`).slice(0, length),
  };
}
