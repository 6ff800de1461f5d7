/** An app has this long to acknowledge what Slack hands it. */
export const ACK_WITHIN_MS = 3000;

/** Waits before the first, second and third retry of an event; commands and interactions are never retried. */
export const RETRY_AFTER_MS = [0, 60_000, 300_000] as const;
