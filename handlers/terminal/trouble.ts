import type { Fault, FaultCode } from '#src/domain/faults.ts';

/** What the person who sets Rolecall up can look at, by what failed. */
const ADVICE: Partial<Record<FaultCode, string>> = {
  'directory-unavailable': 'Check RC_SERVER_URL and the network, then try again.',
  'directory-unreadable': 'Check that RC_SERVER_URL names RingCentral and that nothing else answers in its place.',
  'directory-sign-in':
    'Check RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT, and that they are of one account.',
  'directory-forbidden': 'Check the app permissions of the app and the role of its service account.',
  'directory-not-found': 'Check that the service account and its account are still there.',
  'directory-rejected': 'Check RC_SERVER_URL and the credentials.',
  'limited-mode': 'Try again when RingCentral is back to normal.',
  'chat-undeliverable': 'Check the network and the state of Slack, then try again.',
  'config-invalid': 'Mend it in .env or in the environment; .env.example explains each variable.',
  aborted: 'Try again in a few minutes.',
};

/** Tells the person at the terminal in one sentence each what happened, what was not done, and what to look at. */
export function troubleWords(fault: Fault): string {
  const { code, data, message } = fault;
  // Some say all of it themselves.
  if (message.includes('Nothing was')) return message;
  const missing = data.missing === undefined ? '' : ` RingCentral names as missing: ${data.missing}.`;
  const advice = code === 'rate-limited' ? waitFor(data.retryAfterMs) : ADVICE[code];
  const happened = message.replace(/\.$/, '');
  return `${happened}.${missing} Nothing was started or changed.${advice === undefined ? '' : ` ${advice}`}`;
}

function waitFor(retryAfterMs = 60_000): string {
  return `Try again in ${Math.ceil(retryAfterMs / 1000)} seconds.`;
}
