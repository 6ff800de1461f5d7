import type { PathTrouble } from '../../domain/api-path.ts';
import { scopesOf } from '../../domain/effective-permissions.ts';
import { assertNever } from '../../domain/faults.ts';
import { reachesOthers } from '../../domain/permission-reach.ts';
import type { EndpointLook, PermissionAnswer, Saying } from '../../domain/reply.ts';
import type { Part } from '../card.ts';
import { join, permissionName, personName, plain, roleName, some } from '../words.ts';
import { type Body, list, maybe, text } from './body.ts';
import { errorExplained } from './explain-error.ts';
import { refusal } from './refusals.ts';

type Needs = Extract<Saying, { kind: 'endpoint-needs' }>;

/** Words for what a call needs, who passes, and how it ended where it was tried. */
export function endpointNeeds(saying: Needs): Body {
  const { endpoint, app, look, tried } = saying;
  const { method, path, appPermission, userPermission } = endpoint;
  return {
    headline: tried === null ? needsSentence(saying) : triedSentence(tried, `${method} ${plain(path, 160)}`),
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: 'Call', value: `${method} ${plain(path, 160)}` },
          { label: 'App permission', value: appWords(appPermission, app, endpoint.includedBy) },
          { label: 'User permission', value: userPermission ?? 'none' },
          ...(endpoint.feature === null ? [] : [{ label: 'Feature', value: endpoint.feature }]),
          ...(endpoint.group === null ? [] : [{ label: 'Call budget', value: endpoint.group }]),
        ],
      },
      ...triedParts(tried),
      ...(tried?.kind === 'tried' && tried.explanation !== null ? [] : lookParts(look)),
      ...notes(saying),
    ],
  };
}

function needsSentence({ endpoint }: Needs): string {
  const { method, path, appPermission, userPermission, retired } = endpoint;
  const call = `${method} ${plain(path, 160)}`;
  const needs = [
    ...(appPermission === null ? [] : [`the app permission ${appPermission}`]),
    ...(userPermission === null ? [] : [`the user permission ${userPermission}`]),
  ];
  const old = retired ? ' needed' : ' needs';
  return needs.length === 0 ? `${call}${old} nothing beyond a valid token.` : `${call}${old} ${join(needs)}.`;
}

function appWords(id: string | null, app: Needs['app'], includedBy: readonly string[]): string {
  if (id === null || app === null) return 'none';
  const has = app.printed
    ? 'the app has it'
    : app.through === null
      ? 'the app does not have it'
      : `the app has it through ${app.through}`;
  const also = includedBy.length === 0 ? '' : `; comes with ${join(includedBy, 'or')}, too`;
  return `${id} (${has}${also})`;
}

function lookParts(look: EndpointLook): Part[] {
  switch (look.kind) {
    case 'nothing-needed':
      return [];
    case 'refused':
      return [text(`Whether they pass was not looked up: ${refusal(look.reason).headline.replace(/^No\. /, '')}`)];
    case 'unreachable':
      return [text('Whether anybody passes could not be looked up: RingCentral did not answer just now.')];
    case 'people':
      return list(
        'Who passes:',
        look.answers.map((answer) => personLine(answer, look.wide)),
      );
    default:
      return assertNever(look);
  }
}

function personLine(answer: PermissionAnswer, wide: boolean): string {
  const { person, permission, verdict, paths, cures } = answer;
  const who = personName(person);
  if (verdict === 'cannot-tell')
    return `${who}: cannot be told, ${plain(answer.unseen ?? 'not all of it could be seen', 200)}.`;
  const roles = some([...new Set(paths.map((path) => roleName(path.role)))], 3);
  const far = !wide || reachesOthers(scopesOf(paths));
  if (paths.length > 0 && far) return `${who}: yes, through ${roles}.`;
  const why =
    paths.length === 0
      ? `no, lacks ${permissionName(permission)}`
      : `no, has ${permissionName(permission)} through ${roles} for themselves only`;
  const [cure] = cures;
  return `${who}: ${why}.${cure === undefined ? '' : ` The role that adds least: ${roleName(cure.role)}.`}`;
}

function notes({ endpoint }: Needs): Part[] {
  const { label, userPermission, reportedInferred, older, note, retired, availability } = endpoint;
  const differs = label !== null && label !== userPermission;
  const seen = reportedInferred ? 'Profiles of real accounts show only' : 'Servers report';
  return [
    ...maybe(retired && 'It is in no current document any more.'),
    ...maybe(
      differs &&
        `The document labels the user permission ${label}. ${seen} ${userPermission}${reportedInferred ? ' (inferred)' : ''}.`,
    ),
    ...maybe(older),
    ...maybe(!differs && older === null && note),
    ...maybe(availability === 'Limited' && 'In limited mode RingCentral does not serve it (503, CMN-211).'),
    text(`Source: ${endpoint.sources.map((source) => plain(source, 120)).join('; ')}.`),
  ];
}

function triedSentence(tried: NonNullable<Needs['tried']>, call: string): string {
  if (tried.kind === 'not-tried') return `Not tried: ${notTriedWords(tried.why)}`;
  const code =
    tried.errorCode === null
      ? ''
      : `, ${plain(tried.errorCode)}${tried.missing === null ? '' : ` [${plain(tried.missing)}]`}`;
  return tried.status < 400
    ? `It works: ${call} answered ${tried.status}.`
    : `${call} answered ${tried.status}${code}.`;
}

function notTriedWords(why: Extract<NonNullable<Needs['tried']>, { kind: 'not-tried' }>['why']): string {
  switch (why) {
    case 'no-read':
      return 'only reads are tried, and this call changes something.';
    case 'ids':
      return 'the ids in it are not of this account, or not as RingCentral writes them. "~" means yourself.';
    case 'no-token':
      return 'you have no RingCentral sign-in of your own here, and only role administrators may use that of the app.';
    case 'not-listed':
      return 'it is not on the list of reads that may be tried.';
    default:
      return assertNever(why);
  }
}

function triedParts(tried: Needs['tried']): Part[] {
  if (tried?.kind !== 'tried') return [];
  const whose =
    tried.as === 'own'
      ? 'Made with your own RingCentral sign-in'
      : "Made with the app's own sign-in, which is its service account's";
  const explained =
    tried.explanation === null
      ? null
      : errorExplained({ kind: 'error-explained', explanation: tried.explanation, offers: [] });
  const steps = explained?.parts.filter((part) => part.kind === 'list') ?? [];
  return [
    text(`${whose}; what it answered was not kept.`),
    ...(explained === null ? [] : [text(explained.headline), ...steps]),
  ];
}

/** Words for a call that no document names, or that is not written as one. */
export function endpointUnknown({ asked, trouble }: Extract<Saying, { kind: 'endpoint-unknown' }>): Body {
  if (trouble !== null && trouble !== 'no-path') {
    return {
      headline: troubleWords(trouble),
      parts: [
        text(
          'Nothing was sent. Write the path as the API reference does, for example GET /restapi/v1.0/account/~/call-log.',
        ),
      ],
    };
  }
  return {
    headline:
      asked === null || asked === '' ? 'Which call do you mean?' : `I have no document of ${plain(asked, 160)}.`,
    parts: [
      text(
        'I know the calls about roles, permissions, extensions, sites, the directory, call log and recordings, and signing in. The API reference of RingCentral names the app permission and user permission of all others.',
      ),
    ],
  };
}

function troubleWords(trouble: Exclude<PathTrouble, 'no-path'>): string {
  switch (trouble) {
    case 'other-host':
      return "That is not an address of RingCentral's API.";
    case 'dots':
      return 'The path has empty or dot segments, which make it another path.';
    case 'encoding':
      return 'The path is encoded or holds signs that paths of the API do not have.';
    case 'query':
      return 'The query holds something that is not taken here.';
    default:
      return assertNever(trouble);
  }
}
