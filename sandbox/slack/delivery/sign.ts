import { createHmac } from 'node:crypto';

/** Slack's v0 signature over timestamp and raw body. @param timestamp - seconds since the epoch, as sent in the header */
export function signRequest(signingSecret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
