import type { Whose } from '../../domain/error-verdict.ts';
import type { ErrorFinding, Explanation } from '../../domain/explanation.ts';
import { assertNever } from '../../domain/faults.ts';
import type { Offer, Saying } from '../../domain/reply.ts';
import type { CardButton, Part } from '../card.ts';
import { count, join, permissionName, personName, plain, roleName, shorten } from '../words.ts';
import { type Body, list, maybe, text } from './body.ts';
import { appPermissionSteps } from './explain-app.ts';
import { type CureWords, cureWords } from './explain-cures.ts';
import { checkLines, userPermissionSteps } from './explain-user.ts';

/** Words for a pasted error: whose problem it is, what it says, and what to do, the first error in full. */
export function errorExplained({ explanation, offers }: Extract<Saying, { kind: 'error-explained' }>): Body {
  const [first, ...others] = explanation.findings;
  if (first === undefined) return nothingFound(explanation);
  const words = wordsOf(first, explanation);
  return {
    headline: headline(first, words),
    parts: [
      { kind: 'facts', facts: factsOf(first, explanation) },
      ...list('What to do:', words.steps),
      ...notes(first, explanation),
      ...others.flatMap((finding) => alsoFound(finding, explanation)),
      ...maybe(explanation.more > 0 && `${count(explanation.more, 'further error')} in it are not shown.`),
    ],
    buttons: offers.map(offerButton),
  };
}

function wordsOf(finding: ErrorFinding, explanation: Explanation): CureWords {
  const { cure } = finding.verdict;
  if (cure === 'app-permission') return appPermissionSteps(finding, explanation);
  if (cure === 'user-permission' || cure === 'extended-scope') return userPermissionSteps(finding, explanation);
  return cureWords(cure, finding);
}

function headline(finding: ErrorFinding, { problem }: CureWords): string {
  if (finding.whose === 'works-now') return worksNow(finding);
  if (finding.whose === 'unknown') return `Whose problem it is cannot be told from this alone: ${problem}`;
  return `${POSSESSIVE[finding.whose]} problem: ${problem}`;
}

const POSSESSIVE: Record<Exclude<Whose, 'works-now' | 'unknown'>, string> = {
  app: "The app's",
  user: "The person's",
  'wrong-extension': "The caller's",
  plan: "The plan's or the extension type's",
  'sign-in': "The sign-in's",
  ringcentral: "RingCentral's",
};

function worksNow({ live, permission, verdict }: ErrorFinding): string {
  if (live?.kind !== 'people' || permission === null) return 'It works now.';
  const who = join(live.answers.map(({ person }) => personName(person)));
  const what = permissionName({ id: permission.id, displayName: permission.displayName });
  const have = live.answers.length === 1 ? 'has' : 'have';
  const over = verdict.cure === 'extended-scope' ? ', for others as well' : '';
  return `Works now: ${who} ${have} ${what}${over}.`;
}

/** Whose problem, in a word or two. */
export function whoseWords(whose: Whose): string {
  switch (whose) {
    case 'app':
      return 'the app';
    case 'user':
      return 'the person: a user permission, which comes through roles';
    case 'wrong-extension':
      return 'wrong extension: the call concerns another one than it may';
    case 'plan':
      return 'plan, brand or extension type';
    case 'sign-in':
      return 'the sign-in or its token';
    case 'ringcentral':
      return 'RingCentral';
    case 'works-now':
      return "nobody's: it works now";
    case 'unknown':
      return 'unknown';
    default:
      return assertNever(whose);
  }
}

function factsOf(finding: ErrorFinding, { endpoint, request }: Explanation): Extract<Part, { kind: 'facts' }>['facts'] {
  const { error, status, permission, app } = finding;
  const code = [error?.code, error?.oauthError].filter((word) => word != null).join(', ');
  const called = endpoint ?? request;
  return [
    { label: 'Whose problem', value: whoseWords(finding.whose) },
    ...fact('Error', [code, status === null ? '' : `HTTP ${status}`].filter((word) => word !== '').join(', ')),
    ...fact('App permission', app?.id),
    ...fact('User permission', permission === null ? null : permissionName(permission)),
    ...fact('Named as missing', app === null && permission === null ? error?.permission : null),
    ...fact('Parameter', error?.parameter),
    ...fact('Feature', error?.feature),
    ...fact('Call', called === null ? null : `${called.method} ${plain(called.path, 160)}`),
  ];
}

function fact(label: string, value: string | null | undefined): { label: string; value: string }[] {
  return value == null || value === '' ? [] : [{ label, value: plain(value, 200) }];
}

function notes(finding: ErrorFinding, { truncated, page, account }: Explanation): Part[] {
  const lines = [
    ...checkLines(finding),
    finding.verdict.inferred && finding.whose !== 'works-now' && finding.documented
      ? 'Whose problem that is, no document of RingCentral says: it is read from the message.'
      : null,
    finding.documented && finding.error?.code === 'CMN-408' && finding.error.oauthError !== null
      ? 'It came while signing in: the app is fine, although the answer says invalid_client.'
      : null,
    page ? 'The text is a web page: a gateway, proxy or firewall answered in place of the API.' : null,
    truncated ? 'The text ends in the middle; what is missing was not guessed.' : null,
    account || finding.permission === null ? null : 'Nobody was looked up: this is from public documents alone.',
  ].filter((line) => line !== null);
  return lines.map(text);
}

function alsoFound(finding: ErrorFinding, explanation: Explanation): Part[] {
  const { error, whose } = finding;
  const name = [error?.code ?? error?.oauthError, error?.permission == null ? null : `[${plain(error.permission)}]`];
  const words = wordsOf(finding, explanation);
  return [
    {
      kind: 'list',
      title: `Also in it: ${name.filter((word) => word != null).join(' ')}: ${whoseWords(whose)}.`,
      items: [words.problem, ...words.steps].slice(0, ALSO_LINES).map((line) => shorten(line, 300)),
    },
  ];
}

const ALSO_LINES = 3;

function nothingFound({ success, vendor, truncated }: Explanation): Body {
  if (success) {
    return {
      headline: 'That works: it is an answer of RingCentral, not an error.',
      parts: [text('Nothing in it is missing or refused.')],
    };
  }
  if (vendor !== null) {
    return {
      headline: `That is no error of RingCentral: it looks like one of ${vendor}.`,
      parts: [text(`RingCentral's permissions do not decide about it. Look in the documentation of ${vendor}.`)],
    };
  }
  return {
    headline: 'I find no RingCentral error in that.',
    parts: [
      ...maybe(truncated && 'The text ends in the middle; paste more of it.'),
      text('Paste the body of the answer, the message, or the code, for example CMN-408 [Meetings].'),
    ],
  };
}

/** A step that is offered, as a button. */
export function offerButton(offer: Offer): CardButton {
  const label = offer.kind === 'check-again' ? 'Check again' : `Give ${roleName(offer.role)}`;
  return { label: shorten(label, LABEL), button: offer.button, style: null, confirm: null };
}

const LABEL = 70;
