/** People that one question may name; who-has answers about more, in one listing. */
export const READ_AT_MOST = 25;

/** People that one change may touch: each takes about six calls, and RingCentral allows 40 to 50 a minute. */
export const CHANGE_AT_MOST = 20;

/** How long a preview or a question waits for its click. */
export const PENDING_FOR_MS = 10 * 60_000;

/** How long one person's list is held for one change: longer than a rate-limit penalty of 60 s and a slow answer. */
export const LEASE_FOR_MS = 120_000;
