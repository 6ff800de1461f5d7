import { isObject, type Json } from '../json.ts';

/** Collects what is wrong with a payload, each line ending in a pointer to the place as Slack writes it. */
export type Report = { readonly lines: string[] };

/** Checks one value and writes what is wrong with it into the report. */
export type Check = (value: unknown, pointer: string, report: Report) => void;

/** Notes one fault. */
export function say(report: Report, message: string, pointer: string): void {
  report.lines.push(`${message} [json-pointer:${pointer}]`);
}

/** Length as Slack counts it: code points, after escaping. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** A string between two lengths. */
export function string(limits: { min?: number; max?: number } = {}): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string') return say(report, 'must provide a string', pointer);
    const length = lengthOf(value);
    if (limits.min !== undefined && length < limits.min)
      say(report, `must be more than ${limits.min - 1} characters`, pointer);
    if (limits.max !== undefined && length > limits.max)
      say(report, `must be less than ${limits.max + 1} characters`, pointer);
  };
}

/** A whole or decimal number between two bounds. */
export function number(limits: { min?: number; max?: number; whole?: boolean } = {}): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return say(report, 'must provide a number', pointer);
    if (limits.whole === true && !Number.isInteger(value)) say(report, 'must provide an integer', pointer);
    if (limits.min !== undefined && value < limits.min)
      say(report, `must be greater than or equal to ${limits.min}`, pointer);
    if (limits.max !== undefined && value > limits.max)
      say(report, `must be less than or equal to ${limits.max}`, pointer);
  };
}

/** True or false. */
export const boolean: Check = (value, pointer, report) => {
  if (typeof value !== 'boolean') say(report, 'must provide a boolean', pointer);
};

/** One of some values. */
export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, pointer, report) => {
    if (!allowed.includes(value)) say(report, `must be a valid enum value`, pointer);
  };
}

/** A string that fits a pattern. */
export function matching(pattern: RegExp, message: string): Check {
  return (value, pointer, report) => {
    if (typeof value !== 'string' || !pattern.test(value)) say(report, message, pointer);
  };
}

/** A list with so many items, each of one kind. */
export function list(item: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) return say(report, 'must provide an array', pointer);
    if (limits.max !== undefined && value.length > limits.max)
      say(report, `no more than ${limits.max} items allowed`, pointer);
    if (limits.min !== undefined && value.length < limits.min)
      say(report, `no fewer than ${limits.min} items allowed`, pointer);
    for (const [place, entry] of value.entries()) item(entry, `${pointer}/${place}`, report);
  };
}

/** An object with these fields; the names in `required` must be there, names outside the table must not. */
export function object(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return say(report, 'must provide an object', pointer);
    for (const name of required) if (value[name] === undefined) say(report, `missing required field: ${name}`, pointer);
    for (const [name, inner] of Object.entries(value)) {
      const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (check !== undefined) check(inner, `${pointer}/${name}`, report);
      else if (inner !== undefined) say(report, `invalid additional property: ${name}`, pointer);
    }
  };
}

/** An object whose `type` decides which check it gets. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, pointer, report) => {
    if (!isObject(value)) return say(report, 'must provide an object', pointer);
    const type = value.type;
    if (type === undefined) return say(report, 'missing required field: type', pointer);
    const check = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check === undefined) return say(report, `unsupported type: ${String(type)}`, `${pointer}/type`);
    check(value, pointer, report);
  };
}

/** Several checks on one value. */
export function all(...checks: readonly Check[]): Check {
  return (value, pointer, report) => {
    for (const check of checks) check(value, pointer, report);
  };
}

/** A rule about an object as a whole; does nothing where the value is no object. */
export function rule(check: (value: Json, pointer: string, report: Report) => void): Check {
  return (value, pointer, report) => {
    if (isObject(value)) check(value, pointer, report);
  };
}

/** Some fields of a table, by name. */
export function only(kinds: Readonly<Record<string, Check>>, names: readonly string[]): Record<string, Check> {
  return Object.fromEntries(
    names.map((name) => {
      const check = kinds[name];
      if (check === undefined) throw new Error(`no check for ${name}`);
      return [name, check];
    }),
  );
}
