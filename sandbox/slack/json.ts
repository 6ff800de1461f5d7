/** A JSON object whose fields are not known yet. */
export type Json = Record<string, unknown>;

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field, or undefined where it is something else or empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text read as JSON; undefined where it is none. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a text, where there is one, is as long as `min` and `max` ask for; absent bounds allow anything. */
export function lengthInRange(text: unknown, min: unknown, max: unknown): boolean {
  if (typeof text !== 'string') return true;
  const length = [...text].length;
  return !(typeof min === 'number' && length < min) && !(typeof max === 'number' && length > max);
}
