import type { CureKind } from '../../domain/error-verdict.ts';
import type { ErrorFinding } from '../../domain/explanation.ts';
import { assertNever } from '../../domain/faults.ts';
import { plain } from '../words.ts';

/** What went wrong in a few words, to complete "The app's problem:", and what to do, step by step. */
export type CureWords = { readonly problem: string; readonly steps: readonly string[] };

/** Cures that need a permission by name are worded on their own. */
export type PlainCure = Exclude<CureKind, 'app-permission' | 'user-permission' | 'extended-scope'>;

/** Words for the cures of everything that is no missing permission. */
export function cureWords(cure: PlainCure, { error, status }: ErrorFinding): CureWords {
  const code = plain(error?.code ?? error?.oauthError ?? (status === null ? 'it' : `status ${status}`));
  const parameter = error?.parameter == null ? null : plain(error.parameter);
  const feature = error?.feature == null ? null : plain(error.feature);
  switch (cure) {
    case 'administrator':
      return {
        problem: 'the call is for administrators.',
        steps: [
          'Which permission makes an administrator for this call, the code does not tell: look the call up ("what do I need for GET ...").',
          'Then give the person a role that holds it, or let an administrator make the call.',
          'A user permission counts from the next call; no new token is needed.',
        ],
      };
    case 'either-permission':
      return {
        problem: 'the call was refused, and the answer does not say which permission is missing.',
        steps: [
          'Look at errors[0].errorCode in the body: CMN-401 is the app, CMN-408 the person, CMN-419 the person over somebody else.',
          'Without a body, look the call up ("what do I need for GET ...") and check both: the app permission in the scope of the token, the user permission in the roles of the person.',
        ],
      };
    case 'other-extension':
      return {
        problem: 'the call looks into the extension of somebody else.',
        steps: [
          'Use the token of that person, or "~" in the path, which means the owner of the token.',
          "For permissions of others RingCentral offers no such look: one extension may not read another's authz-profile. An administrator computes it from the assigned roles and what they hold.",
          'No role cures this.',
        ],
      };
    case 'person-login':
      return {
        problem: 'the call needs a token that somebody signed in for as an extension.',
        steps: [
          'Sign in as an extension: JWT of a person, or the authorization code flow. A token of the app alone is not enough.',
          'Then repeat the call with the new token.',
        ],
      };
    case 'extension-type':
      return {
        problem: 'extensions of this type cannot do it.',
        steps: [
          'Look at the type of the extension (GET /restapi/v1.0/account/~/extension/~, field type): call queues, menus and limited extensions lack what users have.',
          'Make the call for, or as, an extension of type User. No role cures this.',
        ],
      };
    case 'extension-state':
      return {
        problem: 'the extension or the account is not active.',
        steps: [
          'Look at its status in the admin portal: a disabled, frozen or not activated extension cannot sign in.',
          'An administrator activates it; then sign in again. No role cures this.',
        ],
      };
    case 'feature':
      return {
        problem: `the ${feature === null ? 'feature' : `feature ${feature}`} is not available here.`,
        steps: [
          `Ask RingCentral what is available: GET /restapi/v1.0/account/~/extension/~/features${feature === null ? '' : `?featureId=${feature}`}; the reason stands beside it.`,
          'AccountLimitation means the plan, ExtensionLimitation the type of the extension; InsufficientPermissions would be a matter of roles, of the owner of the token.',
          "Where it is the plan, the account's administrator has to change it with RingCentral. No role and no token cures that.",
        ],
      };
    case 'unsupported':
      return {
        problem: 'RingCentral does not support this operation, at least not for this account.',
        steps: [
          'Compare the call with the current API reference.',
          'Where the reference has it, ask RingCentral support whether plan or brand exclude it, with the request id of the answer.',
        ],
      };
    case 'brand':
      return {
        problem: 'the call belongs to another brand than the account.',
        steps: [
          'Check the brand of the account and the address that the app calls.',
          'Ask RingCentral support whether the brand offers it.',
        ],
      };
    case 'parameter':
      return {
        problem:
          parameter === null
            ? 'the request is not as RingCentral wants it.'
            : `the request names ${parameter} wrongly.`,
        steps: [
          parameter === null
            ? 'The message of the error names the field or header; compare it with the API reference.'
            : `Compare ${parameter} with the API reference: its name, type and allowed values.`,
          'Do not send back fields that RingCentral owns, such as uri and lastUpdated.',
          'No permission is missing, so no role and no new token helps.',
        ],
      };
    case 'missing-resource':
      return {
        problem:
          parameter === null
            ? 'what the call names does not exist for this token.'
            : `what ${parameter} names does not exist for this token.`,
        steps: [
          'Check that the id belongs to the account of the token: internal ids are long; 102 is an extension number and no id.',
          '"~" means the account or extension of the token itself.',
          'Something deleted keeps no id: a role made again has a new one.',
        ],
      };
    case 'unreadable-body':
      return {
        problem: 'RingCentral cannot read the body that was sent.',
        steps: [
          'Send valid JSON with Content-Type: application/json.',
          'Check quotes and commas, and that nothing cut the body off.',
        ],
      };
    case 'address':
      return {
        problem: 'the address or the method of the call does not exist.',
        steps: [
          'Paths begin with /restapi/v1.0/, after https://platform.ringcentral.com.',
          'Compare method and path with the API reference; retired calls end like this, too.',
        ],
      };
    case 'sync-token':
      return {
        problem: 'the call log moved on, and the syncToken does not count any more.',
        steps: ['Start again with a full synchronisation (syncType=FSync), then go on with the new syncToken.'],
      };
    case 'outage':
      return {
        problem: 'the service did not answer as it should.',
        steps: [
          'Try again after 2 seconds, then after twice as long each time, about five times; honour Retry-After.',
          "If it stays, look at RingCentral's status page, and give support the request id of the answer.",
        ],
      };
    case 'limited-mode':
      return {
        problem: 'RingCentral is in limited mode: reads that matter most work, changes do not.',
        steps: [
          'Wait and try again later; no permission or token helps.',
          'Changes of roles and active calls are among what is not served.',
        ],
      };
    case 'too-many-calls':
      return {
        problem: 'it calls more often than RingCentral allows.',
        steps: [
          'Stop calling for the seconds that Retry-After states, 60 where it states none: every call during the wait starts it again.',
          'Calls are counted for each person and app in groups, a minute at a time: 50 Light, 40 Medium, 10 Heavy, 5 for sign-in.',
          'Read many at once instead of one by one; more calls are granted to an app on request.',
        ],
      };
    case 'duplicate-call':
      return {
        problem: 'the same call was running already.',
        steps: ['Wait for the first to end, then try again; send the same call once only.'],
      };
    case 'api-plan':
      return {
        problem: 'RingCentral finds no call limits for it.',
        steps: ['Ask RingCentral developer support to check the API plan of the app. Calling less does not help.'],
      };
    case 'expired-token':
      return {
        problem: 'the token has expired.',
        steps: [
          'Refresh it, or sign in again where there is no refresh token or that one has expired: JWT apps usually get none.',
          'A refresh token works once; keep the newest one, and let one place only refresh it.',
          'No permission is missing.',
        ],
      };
    case 'dead-token':
      return {
        problem: 'RingCentral does not know the token any more.',
        steps: [
          'Sign in again and use the new token.',
          'It ends before its time when it was refreshed or revoked, when the password changed, or when the same person and app sign in more than about five times.',
          'Check that it is sent whole: Authorization: Bearer and the token.',
        ],
      };
    case 'auth-header':
      return {
        problem: 'the Authorization header is missing or not as it should be.',
        steps: [
          'Send Authorization: Bearer and the access token with every call.',
          'Only the token endpoint takes client id and secret (Basic).',
        ],
      };
    case 'grant-type':
      return {
        problem: 'the app is not allowed to sign in this way.',
        steps: [
          'In the developer console open the settings of the app and switch on the sign-in that it uses: JWT, or authorization code.',
          'Sign-in with a password is no longer offered; use JWT or the authorization code flow with PKCE.',
        ],
      };
    case 'redirect':
      return {
        problem: 'the redirect address is not the one that is registered.',
        steps: [
          'In the developer console register the redirect URI exactly as the app sends it: scheme, host, port, path, final slash.',
        ],
      };
    case 'auth-code':
      return {
        problem: 'the authorization code does not count.',
        steps: [
          'Let the person sign in again: a code works once, for about a minute, for the app that asked for it.',
          'Send the same redirect_uri, and with PKCE the code_verifier that belongs to it.',
        ],
      };
    case 'client':
      return {
        problem: 'RingCentral does not accept the app itself.',
        steps: [
          'Compare client id and secret with the developer console, and the environment they belong to.',
          'The token call takes them as Basic authorization; public apps send the client_id in the body instead.',
          'Where the answer names [ThirdPartyAppAccess], the person lacks that permission, and the app is fine.',
        ],
      };
    case 'credentials':
      return {
        problem: 'the sign-in names nobody that RingCentral can let in.',
        steps: [
          'Check the JWT or the user name; a JWT belongs to one person of one account and may have been withdrawn.',
        ],
      };
    case 'locked':
      return {
        problem: 'too many failed sign-ins have locked the account.',
        steps: [
          'Wait, or let an administrator reset the password; then sign in again, by single sign-on where the company uses it.',
        ],
      };
    case 'declined':
      return {
        problem: 'the person did not agree, or was not allowed, to let the app in.',
        steps: [
          'Let them sign in again and agree.',
          'If it comes back at once, check that they hold ThirdPartyAppAccess.',
        ],
      };
    case 'unknown':
      return {
        problem: `no public document names ${code}.`,
        steps: ['Give RingCentral developer support the whole answer and its request id (header RCRequestId).'],
      };
    default:
      return assertNever(cure);
  }
}
