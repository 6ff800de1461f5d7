/** What one request of the replay sends and what must come back. */
export type Step = {
  readonly name: string;
  readonly status: number;
  /** Code in `errors[0]`. */
  readonly code?: string;
  /** Short number of whoever calls; null: without a token. Dave by default. */
  readonly as?: string | null;
  /** A token that is nobody's, or one with other scopes. */
  readonly token?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is wrong on purpose, so it is not held to the document. */
  readonly wrong?: true;
  /** Media type of the answer where it is not JSON. */
  readonly mediaType?: string;
};

/** The first step of `good` is also what the general failures are tried with. */
export type Scenario = { readonly good: readonly [Step, ...Step[]]; readonly bad: readonly Step[] };

/** What the replay knows about the account, read from it through the API. */
export type Facts = {
  readonly extensionIds: Readonly<Record<string, string>>;
  readonly siteId: string;
  readonly recordIds: readonly [string, string];
  readonly recordingId: string;
  readonly jwt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly refreshToken: string;
  readonly spareTokens: readonly string[];
};

const PAGED_400: Step = { name: 'page 0', status: 400, code: 'CMN-101', query: { page: '0' }, wrong: true };

/** One successful request and some that must be refused. */
export function simple(good: Omit<Step, 'name' | 'status'> = {}, ...bad: Step[]): Scenario {
  return { good: [{ name: 'success', status: 200, ...good }], bad };
}

/** Success, a second page, a page too large, and page 0. */
export function paged(good: Omit<Step, 'name' | 'status'>): Scenario {
  return {
    good: [
      { name: 'success', status: 200, ...good },
      { name: 'second page of two', status: 200, ...good, query: { ...good.query, page: '2', perPage: '2' } },
      { name: 'perPage above the maximum', status: 200, ...good, query: { perPage: '5000' }, wrong: true },
    ],
    bad: [{ ...PAGED_400, ...good, query: { page: '0' } }],
  };
}
