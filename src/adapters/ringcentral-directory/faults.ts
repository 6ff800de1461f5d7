import { Fault, type FaultCode, type FaultData } from '../../domain/faults.ts';
import type { Answer, NoAnswer } from './transport.ts';

/** What a fault says about the call that failed. */
export type Failed = { readonly id: string; readonly effect: 'read' | 'write' };

/** Codes and names that an error body states; null where it states none that is safe to repeat. */
export type ErrorFacts = {
  readonly errorCode: string | null;
  /** Permission or app permission that the body names as missing. */
  readonly missing: string | null;
  /** Parameter that the body names as wrong. */
  readonly parameter: string | null;
  readonly limitedMode: boolean;
  /** The body is an OAuth error. */
  readonly oauthError: string | null;
};

/** RingCentral's guide asks for 30 s or more where no time is given; it counts a minute. */
const DEFAULT_RETRY_AFTER_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 3_600_000;

const BY_ERROR_CODE: Readonly<Record<string, FaultCode>> = {
  'CMN-101': 'directory-rejected',
  'CMN-102': 'directory-not-found',
  'CMN-103': 'directory-rejected',
  'CMN-104': 'directory-rejected',
  'CMN-109': 'directory-forbidden',
  'CMN-120': 'directory-not-found',
  'CMN-201': 'directory-unavailable',
  'CMN-203': 'directory-unavailable',
  'CMN-401': 'directory-forbidden',
  'CMN-402': 'directory-forbidden',
  'CMN-403': 'directory-forbidden',
  'CMN-404': 'directory-forbidden',
  'CMN-405': 'directory-sign-in',
  'CMN-406': 'directory-rejected',
  'CMN-408': 'directory-forbidden',
  'CMN-419': 'directory-forbidden',
};

const SAYS: Readonly<Record<string, string>> = {
  'rate-limited': 'RingCentral allows no more calls for now',
  'directory-forbidden': 'RingCentral does not allow this call',
  'directory-not-found': 'RingCentral does not know what was asked for',
  'directory-rejected': 'RingCentral did not accept the request',
  'directory-unavailable': 'RingCentral did not answer as it should',
  'directory-unreadable': 'RingCentral answered something that cannot be read',
  'directory-sign-in': 'RingCentral does not accept the sign-in',
  'limited-mode': 'RingCentral is in limited mode and takes no changes',
};

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function word(value: unknown): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9_.-]{1,128}$/.test(value) ? value : null;
}

function firstWord(values: readonly unknown[]): string | null {
  return values.map(word).find((value) => value !== null) ?? null;
}

function parseObject(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * Reads an error body.
 *
 * `errors[0].errorCode` wins over the top-level one, which is an old alias word for some errors. CMN-419 spells the
 * permission's field differently from its siblings.
 */
export function readErrorFacts(text: string): ErrorFacts {
  const top = parseObject(text);
  const first: unknown = Array.isArray(top.errors) ? top.errors[0] : undefined;
  const inner = isObject(first) ? first : {};
  const permissions = [inner, top].flatMap((body) => [body.permissionName, body.permissionsName]);
  const parameters = [inner.parameterName, top.parameterName];
  const codes = [word(inner.errorCode), word(top.errorCode)];
  const code = codes.find((each) => each !== null) ?? null;
  return {
    errorCode: code,
    missing: firstWord(permissions) ?? (/^CMN-4(01|08|19)$/.test(code ?? '') ? bracketed(inner, top) : null),
    parameter: firstWord(parameters),
    limitedMode: codes.includes('CMN-211') || codes.includes('MaintenanceMode'),
    oauthError: word(top.error),
  };
}

/** OAuth errors name the permission only inside the message, in square brackets. */
function bracketed(...bodies: readonly Json[]): string | null {
  for (const body of bodies) {
    const text = body.message ?? body.error_description;
    const found = typeof text === 'string' ? /\[([A-Za-z0-9_.-]{1,128})\]/.exec(text)?.[1] : undefined;
    if (found !== undefined) return found;
  }
  return null;
}

/** Reads `Retry-After` in seconds or as a date. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  if (!Number.isFinite(ms)) return null;
  return Math.min(Math.max(ms, 1000), LONGEST_RETRY_AFTER_MS);
}

/** Whether the body is a web page, i.e. something between us and RingCentral answered. */
export function isPage(answer: Answer): boolean {
  return /\bhtml\b/i.test(answer.header('content-type') ?? '') || /^\s*<(!doctype|html|head|body)\b/i.test(answer.text);
}

function codeOf(status: number, facts: ErrorFacts): FaultCode {
  const known = facts.errorCode === null ? undefined : BY_ERROR_CODE[facts.errorCode];
  if (status === 429) return 'rate-limited';
  if (facts.limitedMode) return 'limited-mode';
  if (status >= 500) return 'directory-unavailable';
  if (facts.oauthError !== null || status === 401) return 'directory-sign-in';
  if (known) return known;
  if (status === 403) return 'directory-forbidden';
  if (status === 404 || status === 410) return 'directory-not-found';
  return status >= 400 && status < 500 ? 'directory-rejected' : 'directory-unavailable';
}

/** Request ids are opaque but short and printable; anything else is not repeated. */
export function requestIdOf(answer: Answer): string | null {
  const id = answer.header('RCRequestId') ?? answer.header('x-request-id');
  return word(id);
}

function present(data: Readonly<Record<string, unknown>>): FaultData {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined));
}

function message(code: FaultCode, failed: Failed, detail: string | null): string {
  return `${SAYS[code] ?? code} (${failed.id}${detail === null ? '' : `, ${detail}`})`;
}

/** A write that may have been carried out although no answer of the API confirms it. */
function mayHaveHappened(failed: Failed, code: FaultCode): boolean {
  return failed.effect === 'write' && (code === 'directory-unavailable' || code === 'directory-unreadable');
}

/** Turns an answer that is not a success into a fault, by status and code, never by message text. */
export function faultOfAnswer(failed: Failed, answer: Answer, now: number): Fault {
  const page = isPage(answer);
  const facts = readErrorFacts(answer.text);
  const code = page && answer.status !== 429 ? 'directory-unavailable' : codeOf(answer.status, facts);
  const wait = retryAfterMs(answer.header('retry-after'), now);
  const data = present({
    operation: failed.id,
    status: answer.status,
    errorCode: facts.errorCode ?? facts.oauthError,
    oauthError: facts.oauthError,
    missing: facts.missing,
    parameter: facts.parameter,
    retryAfterMs: code === 'rate-limited' ? (wait ?? DEFAULT_RETRY_AFTER_MS) : wait,
    requestId: requestIdOf(answer),
    page: page ? true : null,
    effectUnknown: mayHaveHappened(failed, code) ? true : null,
  });
  return new Fault(code, message(code, failed, data.errorCode ?? `status ${answer.status}`), data);
}

/** Turns a missing answer into a fault. */
export function faultOfSilence(failed: Failed, silence: NoAnswer): Fault {
  const code = silence.reason === 'aborted' ? 'aborted' : 'directory-unavailable';
  const data = present({
    operation: failed.id,
    timedOut: silence.reason === 'timeout' ? true : null,
    network: silence.networkCode,
    effectUnknown: failed.effect === 'write' && silence.sent ? true : null,
  });
  const detail = silence.reason === 'network' ? silence.networkCode : silence.reason;
  return new Fault(code, message(code, failed, detail), data);
}

/** An answer that says success but cannot be read: `where` is a place in the document, never its contents. */
export function unreadable(failed: Failed, where: string, answer: Answer | null = null): Fault {
  const data = present({
    operation: failed.id,
    status: answer?.status,
    where,
    requestId: answer === null ? null : requestIdOf(answer),
    effectUnknown: mayHaveHappened(failed, 'directory-unreadable') ? true : null,
  });
  return new Fault('directory-unreadable', message('directory-unreadable', failed, where), data);
}

/** A request that is not sent because RingCentral's document forbids it. */
export function refusedUnsent(failed: Failed, why: string): Fault {
  return new Fault('directory-rejected', `${failed.id} was not sent: ${why}`, { operation: failed.id });
}
