/** People that one question may name; who-has answers about more, in one listing. */
export const READ_AT_MOST = 25;

/**
 * People that are changed at once, while the asker waits. Preview and confirmation take seven calls for each, of which
 * RingCentral allows 50 a minute to the asker and 50 to the service account: more are changed in the background, by
 * rights over the whole account.
 */
export const AT_ONCE_AT_MOST = 12;

/** People that one change may touch at all. */
export const CHANGE_AT_MOST = 5_000;

/** People whose lists one undo puts back. */
export const UNDO_AT_MOST = CHANGE_AT_MOST * 3;

/** From so many people on, one right over the account and one listing serve better than a right and a call for each. */
export const LIST_FROM = 5;

/** How long a preview or a question waits for its click. */
export const PENDING_FOR_MS = 10 * 60_000;

/** How long one person's list is held for one change: what is read before the call may wait out a penalty of 60 s. */
export const LEASE_FOR_MS = 240_000;

/**
 * What must be left of it when the call is made: its own wait for a penalty, a slow answer, and reading back. Past the
 * end somebody else could change the same list.
 */
export const CALL_TAKES_AT_MOST_MS = 160_000;

/** A call whose caller is gone reaches RingCentral within this time or never. */
export const CALL_ARRIVES_WITHIN_MS = 120_000;
