/** What Slack's client shows when an app did not take what it was sent. */
const FAILURES = {
  dispatch_failed: 'The app did not respond. Slack would show the error “dispatch_failed”.',
  operation_timeout: 'The app did not respond in time. Slack would show the error “operation_timeout”.',
  playground_unreachable: 'This page lost its server. Is Rolecall still running?',
  sandbox_unreachable: 'The Slack sandbox does not answer. Is Rolecall still running?',
};

/**
 * The delivery of an act as one short line.
 *
 * @param {import('./state.js').Delivery | undefined} delivery
 * @returns {{ words: string, tone: 'none' | 'quiet' | 'bad' }}
 */
export function deliveryWords(delivery) {
  if (delivery === undefined) return { words: '', tone: 'none' };
  if (delivery.state === 'sending') return { words: 'Sending…', tone: 'quiet' };
  if (delivery.state === 'failed') return { words: failureWords(delivery.error, delivery.shown), tone: 'bad' };
  if (delivery.ms === null) return { words: '', tone: 'none' };
  return { words: `Acknowledged in ${Math.max(1, Math.round(delivery.ms))} ms`, tone: 'quiet' };
}

/**
 * @param {string | null} error as the sandbox names it
 * @param {string | null} [shown] what Slack's own client would write
 */
export function failureWords(error, shown = null) {
  if (shown !== null) return `Slack shows: ${shown}`;
  if (error !== null && Object.hasOwn(FAILURES, error)) return FAILURES[error];
  return `That did not work: ${error ?? 'no reason was given'}.`;
}

/**
 * Reads the answer of an act.
 *
 * @param {any} answer
 * @returns {import('./state.js').Delivery}
 */
export function readDelivery(answer) {
  if (answer?.ok !== true)
    return { state: 'failed', ms: null, error: textOrNull(answer?.error), shown: textOrNull(answer?.shown) };
  const ms = answer.delivery?.ackedWithinMs;
  return { state: 'acked', ms: typeof ms === 'number' ? ms : null, error: null, shown: null };
}

function textOrNull(value) {
  return typeof value === 'string' ? value : null;
}
