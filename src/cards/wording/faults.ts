import type { FaultCode } from '../../domain/faults.ts';
import type { Saying } from '../../domain/reply.ts';
import { plain, waiting } from '../words.ts';
import { type Body, maybe, text } from './body.ts';

type FaultWords = { readonly happened: string; readonly next: string };

/** What happened and what to do next, for each kind of failure. */
function faultWords(code: FaultCode): FaultWords {
  switch (code) {
    case 'rate-limited':
      return { happened: 'RingCentral asks for a pause: too many requests.', next: 'Try again after the pause.' };
    case 'directory-forbidden':
      return {
        happened: 'RingCentral refused the request.',
        next: 'A RingCentral administrator can add what is missing.',
      };
    case 'directory-not-found':
      return {
        happened: 'RingCentral does not find what was asked for; it may have been deleted meanwhile.',
        next: 'Check the name and ask again.',
      };
    case 'directory-rejected':
      return { happened: 'RingCentral did not accept the request.', next: 'Tell your administrator the reference.' };
    case 'directory-unavailable':
      return { happened: 'RingCentral does not answer.', next: 'Try again in a few minutes.' };
    case 'directory-unreadable':
      return {
        happened: 'RingCentral answered in a form that could not be read.',
        next: 'Try again; if it stays so, tell your administrator the reference.',
      };
    case 'directory-sign-in':
      return {
        happened: 'RingCentral did not accept the sign-in.',
        next: 'Tell your administrator: the credentials of the app or your own connection need renewing.',
      };
    case 'limited-mode':
      return {
        happened: 'RingCentral works in limited mode and takes no changes now.',
        next: 'Try again when RingCentral is back to normal.',
      };
    case 'names-pending':
      return {
        happened: 'The names of your RingCentral account are still being read; a large one takes some minutes.',
        next: 'Try again in a few minutes.',
      };
    case 'partners-unavailable':
      return { happened: 'CarrierX does not answer.', next: 'Try again in a few minutes.' };
    case 'partners-forbidden':
      return {
        happened: 'CarrierX refused to show partners.',
        next: 'Tell your administrator: the CarrierX token of Rolecall needs renewing, or the scope partners.read.',
      };
    case 'partners-not-found':
      return {
        happened: 'CarrierX shows no such partner. New partners appear once their e-mail address is verified.',
        next: 'Check the name and ask again.',
      };
    case 'partners-unreadable':
      return {
        happened: 'CarrierX answered in a form that could not be read.',
        next: 'Try again; if it stays so, tell your administrator the reference.',
      };
    case 'store-conflict':
      return { happened: 'Something else changed the same record at the same moment.', next: 'Ask again.' };
    case 'store-unavailable':
      return {
        happened: 'The record of Rolecall cannot be read or written.',
        next: 'Tell your administrator the reference.',
      };
    case 'chat-undeliverable':
      return { happened: 'An answer could not be delivered.', next: 'Ask again here.' };
    case 'config-invalid':
      return { happened: 'Rolecall is not set up completely.', next: 'Tell your administrator the reference.' };
    case 'internal':
      return {
        happened: 'Something went wrong inside Rolecall.',
        next: 'Try again; if it stays so, tell your administrator the reference.',
      };
    case 'aborted':
      return { happened: 'It took too long and was stopped.', next: 'Try again in a few minutes.' };
  }
}

const FAULT_CODES: Record<FaultCode, true> = {
  'rate-limited': true,
  'directory-forbidden': true,
  'directory-not-found': true,
  'directory-rejected': true,
  'directory-unavailable': true,
  'directory-unreadable': true,
  'directory-sign-in': true,
  'limited-mode': true,
  'names-pending': true,
  'partners-unavailable': true,
  'partners-forbidden': true,
  'partners-not-found': true,
  'partners-unreadable': true,
  'store-conflict': true,
  'store-unavailable': true,
  'chat-undeliverable': true,
  'config-invalid': true,
  aborted: true,
  internal: true,
};

/** What happened, when a text is one of our own fault codes; null for RingCentral's own codes. */
export function faultCodeWords(code: string): string | null {
  return Object.hasOwn(FAULT_CODES, code) ? faultWords(code as FaultCode).happened : null;
}

/** Words for a failure: what happened, what was not changed, what to do next. */
export function fault(saying: Extract<Saying, { kind: 'fault' }>): Body {
  const { happened, next } = faultWords(saying.code);
  const after = saying.retryAfterMs === null ? next : `Try again in ${waiting(saying.retryAfterMs)}.`;
  return {
    headline: `That did not work. ${happened}`,
    parts: [
      ...maybe(saying.missing === null ? null : `RingCentral names as missing: ${plain(saying.missing)}.`),
      ...maybe(saying.errorCode === null ? null : `RingCentral's code: ${plain(saying.errorCode)}.`),
      text(
        saying.settled === 'unchanged'
          ? `Nothing was changed. ${after}`
          : `Whether it took effect is not known yet: RingCentral is read again before anything else is written. ${after}`,
      ),
    ],
  };
}
