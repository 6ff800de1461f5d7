import { HIDDEN, hideSecretShapes } from './domain/secret-shapes.ts';

/** What stands where content stood that a log has no business with. */
const LEFT_OUT = '[left out]';

/** Longest text kept of one value. */
const TEXT_LIMIT = 500;
const DEPTH_LIMIT = 5;
const ITEMS_LIMIT = 50;

/** Shorter values are no secrets, and hiding them would tear holes into every line. */
const SHORTEST_SECRET = 6;

/** Names of fields whose value is a secret whatever it looks like. */
const SECRET_NAME =
  /token|secret|passw|authori[sz]ation|cookie|jwt|assertion|credential|signature|api[-_]?key|private[-_]?key|encryption[-_]?key|verifier|^(pin|otp|auth)$/i;

/** Names of fields that hold what people wrote or systems answered. */
const BODY_NAME = /^(body|raw|rawBody|requestBody|responseBody|payload|text|words|blocks|attachments|view|form|html)$/i;

/** Hides secrets in text and in whatever a log call was given. Never throws. */
export type Redactor = {
  /** From now on hides this value wherever it appears, also as it looks inside an address. */
  protect(secret: string): void;
  text(text: string): string;
  value(value: unknown): unknown;
};

/** Makes a redactor that knows the shapes of secrets and learns the values that it is given. */
export function createRedactor(): Redactor {
  let known: readonly string[] = [];

  function protect(secret: string): void {
    if (secret.length < SHORTEST_SECRET) return;
    const spellings = [secret, encoded(secret), JSON.stringify(secret).slice(1, -1)];
    // The longest first: a secret that holds another one must not be left in part.
    known = [...new Set([...known, ...spellings])].sort((a, b) => b.length - a.length);
  }

  function text(whole: string): string {
    let safe = whole;
    for (const secret of known) safe = safe.replaceAll(secret, HIDDEN);
    return hideSecretShapes(safe);
  }

  return { protect, text, value: (value) => readable(value, text, 0) };
}

function encoded(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}

type Clean = (text: string) => string;

function readable(value: unknown, clean: Clean, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return shortened(clean(value));
    case 'number':
      return Number.isFinite(value) && clean(String(value)) === String(value) ? value : clean(String(value));
    case 'boolean':
    case 'undefined':
      return value;
    case 'function':
      return '[function]';
    case 'object':
      return value === null ? null : guarded(() => object(value, clean, depth));
    default:
      return shortened(clean(String(value)));
  }
}

/** Getters and proxies may throw; a log call must not. */
function guarded(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return '[unreadable]';
  }
}

function object(value: object, clean: Clean, depth: number): unknown {
  if (depth >= DEPTH_LIMIT) return '[deeper]';
  if (value instanceof Error) return error(value, clean, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return shortened(clean(value.href));
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return object(Object.fromEntries(value), clean, depth);
  if (value instanceof Set) return object([...value], clean, depth);
  if (Array.isArray(value)) return value.slice(0, ITEMS_LIMIT).map((item) => readable(item, clean, depth + 1));
  return fields(value, clean, depth);
}

function fields(value: object, clean: Clean, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = {};
  for (const name of Object.keys(value).slice(0, ITEMS_LIMIT)) {
    safe[clean(name)] = guarded(() => field(name, (value as Record<string, unknown>)[name], clean, depth));
  }
  return safe;
}

function field(name: string, value: unknown, clean: Clean, depth: number): unknown {
  // Numbers and flags named after a token tell about it, not what it is.
  if (SECRET_NAME.test(name) && (typeof value === 'string' || typeof value === 'object')) {
    return value === null || value === '' ? value : HIDDEN;
  }
  if (BODY_NAME.test(name) && value !== null && value !== undefined) return LEFT_OUT;
  return readable(value, clean, depth + 1);
}

/** Name, message, code and cause; an SDK's error also carries the request and the answer, which stay out. */
function error(value: Error, clean: Clean, depth: number): Record<string, unknown> {
  const safe: Record<string, unknown> = {
    name: clean(String(value.name)),
    message: shortened(clean(String(value.message))),
  };
  const { code, cause } = value as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' || typeof code === 'number') safe.code = readable(code, clean, depth);
  if (cause instanceof Error) safe.cause = readable(cause, clean, depth + 1);
  return safe;
}

function shortened(text: string): string {
  return text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT).toWellFormed()}… (${text.length} characters)`;
}
