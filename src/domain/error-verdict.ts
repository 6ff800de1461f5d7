/** Whose problem an error is: who has to do something about it. */
export const WHOSE = [
  /** The app that called: its app permissions, its settings, the request that it sent, its pace. */
  'app',
  /** The person: a user permission that none of their roles gives them, or not far enough. */
  'user',
  /** The call concerns another extension than its token's. */
  'wrong-extension',
  /** The plan, brand or account, or the type or state of the extension, has no such thing. */
  'plan',
  /** The sign-in: no token, or one that does not count any more. */
  'sign-in',
  'ringcentral',
  /** What was missing is there by now. */
  'works-now',
  'unknown',
] as const;
export type Whose = (typeof WHOSE)[number];

/** What cures an error, by kind; each has its own words. */
export const CURES = [
  'app-permission',
  'user-permission',
  'extended-scope',
  'administrator',
  'either-permission',
  'other-extension',
  'person-login',
  'extension-type',
  'extension-state',
  'feature',
  'unsupported',
  'brand',
  'parameter',
  'missing-resource',
  'unreadable-body',
  'address',
  'sync-token',
  'outage',
  'limited-mode',
  'too-many-calls',
  'duplicate-call',
  'api-plan',
  'expired-token',
  'dead-token',
  'auth-header',
  'grant-type',
  'redirect',
  'auth-code',
  'client',
  'credentials',
  'locked',
  'declined',
  'unknown',
] as const;
export type CureKind = (typeof CURES)[number];

/** What a code, an OAuth word or a bare status means for people. */
export type ErrorVerdict = {
  readonly whose: Whose;
  readonly cure: CureKind;
  /** True where no document says so and it is Rolecall's own reading. */
  readonly inferred: boolean;
};

export const UNKNOWN_VERDICT: ErrorVerdict = { whose: 'unknown', cure: 'unknown', inferred: true };

/** A status alone tells the family of an error and nothing more. */
export function verdictOfStatus(status: number): ErrorVerdict {
  const inferred = true;
  if (status === 401) return { whose: 'sign-in', cure: 'dead-token', inferred };
  if (status === 403) return { whose: 'unknown', cure: 'either-permission', inferred };
  if (status === 404 || status === 410) return { whose: 'app', cure: 'missing-resource', inferred };
  if (status === 429) return { whose: 'app', cure: 'too-many-calls', inferred };
  if (status >= 500) return { whose: 'ringcentral', cure: 'outage', inferred };
  return status >= 400 ? { whose: 'app', cure: 'parameter', inferred } : UNKNOWN_VERDICT;
}
