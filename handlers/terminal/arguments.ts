import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The words of the command line do not fit; the message says which and what fits. */
export class Usage extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Usage';
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's own words.
 *
 * @throws {Usage} for an unknown or incomplete option, with the command's usage line
 */
export function readArguments<const T extends Options>(args: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : 'the words do not fit';
    throw new Usage(`${why}.\nUsage: ${usage}`);
  }
}

/** Reads a whole number within bounds. @throws {Usage} */
export function wholeNumber(
  text: string | undefined,
  option: string,
  bounds: { readonly min: number; readonly max: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^[0-9]{1,10}$/.test(text) && value >= bounds.min && value <= bounds.max) return value;
  throw new Usage(`--${option} takes a whole number from ${bounds.min} to ${bounds.max}.`);
}

/** Reads an extension number. @throws {Usage} */
export function extensionArgument(text: string | undefined, option: string): string | null {
  if (text === undefined) return null;
  if (/^[0-9]{1,19}$/.test(text)) return text;
  throw new Usage(`--${option} takes an extension number such as 103.`);
}
