import { webApi } from '@slack/bolt';
import { Fault, isFault } from '../../domain/faults.ts';

/** Errors of `auth.test` and `apps.connections.open` that no waiting mends: Slack's method pages. */
const CREDENTIALS: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'org_login_required',
  'team_access_not_granted',
];

/** Why Slack did not do something, by class and code; never by message text. */
export type SlackTrouble =
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  | { readonly kind: 'unreachable' };

/** Codes are words; anything else is a page of something between us and Slack, which nobody should have to read. */
function refusal(error: unknown): SlackTrouble {
  return typeof error === 'string' && /^[a-z0-9_]{1,80}$/.test(error)
    ? { kind: 'refused', error }
    : { kind: 'unreachable' };
}

/** Reads an error of the SDK; null for anything else. */
export function slackTrouble(error: unknown): SlackTrouble | null {
  if (error instanceof webApi.WebAPIPlatformError) return refusal(error.data.error);
  if (error instanceof webApi.WebAPIRateLimitedError) return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIHTTPError || error instanceof webApi.WebAPIRequestError)
    return { kind: 'unreachable' };
  return null;
}

/**
 * Turns an error of the SDK into a fault.
 *
 * @param what - what was tried, to complete "Slack did not let us ..."; shown to the person who runs the service
 */
export function slackFault(error: unknown, what: string): unknown {
  if (isFault(error)) return error;
  const trouble = slackTrouble(error);
  switch (trouble?.kind) {
    case undefined:
      return error;
    case 'refused':
      return CREDENTIALS.includes(trouble.error)
        ? new Fault('config-invalid', `Slack did not let us ${what}: ${trouble.error}.`, { errorCode: trouble.error })
        : new Fault('chat-undeliverable', `Slack did not let us ${what}: ${trouble.error}.`, {
            errorCode: trouble.error,
          });
    case 'limited':
      return new Fault('chat-undeliverable', `Slack asked to wait before we may ${what}.`, {
        retryAfterMs: trouble.retryAfterMs,
      });
    case 'unreachable':
      return new Fault('chat-undeliverable', `Slack could not be reached to ${what}.`);
  }
}
