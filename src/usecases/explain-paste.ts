import { errorLexicon, verdictOf } from '../catalogue/error-lexicon.ts';
import { findEndpoint, findErrorCode } from '../catalogue/lookups.ts';
import { NO_ERROR, type PastedError } from '../domain/error-lexicon.ts';
import type { ErrorFinding, Explanation } from '../domain/explanation.ts';
import { type PasteReading, readPaste } from '../domain/pasted-error.ts';
import type { Permission } from '../domain/permissions.ts';
import type { Slots } from '../domain/understanding.ts';
import { appPermissionFacts, endpointFacts, userPermissionFacts } from './permission-facts.ts';

/**
 * Explains pasted text from public documents alone; needs no account.
 *
 * @param told - the error as it was understood, for words that hold none of its shapes
 * @param live - the account's own dictionary, where there is one
 */
export function explainPaste(text: string, told: Slots['error'] = null, live: readonly Permission[] = []): Explanation {
  const reading = readPaste(text, errorLexicon());
  const errors = completed(reading.errors, told);
  const { status, page, truncated, success, vendor, request, more } = reading;
  const isBare = errors.length === 0 && vendor === null && status !== null && status >= 400;
  const endpoint = request === null ? null : findEndpoint(request.method, request.path);
  return {
    findings:
      isBare || (page && errors.length === 0)
        ? [bareFinding(reading)]
        : errors.map((error) => findingOf(error, status, live)),
    ...{ more, request, page, truncated, vendor },
    endpoint: endpoint === null ? null : endpointFacts(endpoint),
    success: success && errors.length === 0,
    account: false,
  };
}

/** What was understood fills what the text did not tell: `CMN-408 Meetings`, or an error that is asked about again. */
function completed(errors: readonly PastedError[], told: Slots['error']): readonly PastedError[] {
  if (told === null || (told.code === null && told.permission === null)) return errors;
  const named = told.code === null ? null : (errorLexicon().aliases.get(told.code) ?? told.code);
  const isCode = named !== null && /^[A-Z]{2,5}-\d{2,5}$/.test(named);
  const said: PastedError = {
    ...NO_ERROR,
    code: isCode ? named : null,
    oauthError: isCode ? null : named,
    permission: told.permission,
  };
  if (errors.length === 0) return [said];
  return errors.map((error) =>
    error.permission === null && error.code === said.code ? { ...error, permission: said.permission } : error,
  );
}

function bareFinding({ status, page }: PasteReading): ErrorFinding {
  const verdict = status === null && page ? verdictOf(null, 502) : verdictOf(null, status);
  return {
    error: null,
    verdict,
    whose: verdict.whose,
    documented: false,
    status,
    app: null,
    permission: null,
    live: null,
  };
}

function findingOf(error: PastedError, status: number | null, live: readonly Permission[]): ErrorFinding {
  const verdict = verdictOf(error, status);
  const row = error.code === null ? null : findErrorCode(error.code);
  const isApp = verdict.cure === 'app-permission';
  const isUser = verdict.cure === 'user-permission' || verdict.cure === 'extended-scope';
  return {
    error,
    verdict,
    whose: verdict.whose,
    documented: row !== null || error.oauthError !== null,
    status: status ?? row?.http[0] ?? null,
    app: isApp && error.permission !== null ? appPermissionFacts(error.permission) : null,
    permission: isUser && error.permission !== null ? userPermissionFacts(error.permission, live) : null,
    live: null,
  };
}
