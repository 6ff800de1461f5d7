import type { AccessExplanation, FeatureUnseen, Layer } from '../../domain/access.ts';
import { assertNever } from '../../domain/faults.ts';
import type { Saying } from '../../domain/reply.ts';
import type { Part } from '../card.ts';
import { join, permissionName, personName, plain, reach, roleName, some } from '../words.ts';
import { type Body, list, maybe, table } from './body.ts';
import { offerButton, whoseWords } from './explain-error.ts';
import { apiCall, nameWords, portalWords } from './explain-user.ts';
import { cureParts, pathSentence } from './permissions.ts';

/** Words for why somebody can or cannot: the verdict, every layer, and what opens the closed one. */
export function accessExplained({ explained, negative, offers }: Extract<Saying, { kind: 'access-explained' }>): Body {
  const [only] = explained;
  if (only === undefined) return { headline: 'There was nobody to look at.', parts: [] };
  const body = explained.length === 1 ? oneExplained(only, negative) : severalExplained(explained);
  return { ...body, buttons: offers.map(offerButton) };
}

function oneExplained(explained: AccessExplanation, negative: boolean): Body {
  const { answer, facts, whose, layers, near } = explained;
  return {
    headline: headline(explained, negative),
    parts: [
      {
        kind: 'facts',
        facts: [
          ...(whose === 'works-now' && !negative ? [] : [{ label: 'Whose problem', value: whoseWords(whose) }]),
          { label: 'Permission', value: permissionName(answer.permission) },
          { label: 'Name', value: plain(nameWords(facts), 300) },
        ],
      },
      ...list(
        'How it reaches them:',
        answer.paths.map((path) => pathSentence(path, answer)),
      ),
      ...list('Layer by layer:', layers.map(layerLine)),
      ...maybe(answer.unseen === null ? null : `What could not be seen: ${plain(answer.unseen, 300)}.`),
      ...maybe(near.length > 0 && `Close, and not enough: they have ${some(near.map(permissionName), 4)}.`),
      ...opening(explained),
    ],
  };
}

function headline({ answer, whose, layers }: AccessExplanation, negative: boolean): string {
  const { person, permission, verdict, paths } = answer;
  const [who, what] = [personName(person), permissionName(permission)];
  const state = layers.find((layer) => layer.layer === 'extension');
  if (whose === 'plan' && state?.state === 'closed')
    return `${who} cannot: ${extensionTrouble(person.status, person.type)}.`;
  if (whose === 'plan') return `${who} has ${what}, and the account or extension does not have the feature.`;
  if (verdict === 'no') return `${who} cannot: no role of theirs gives ${what}.`;
  if (verdict === 'cannot-tell') return `Why ${who} can or cannot is not to be told: not everything could be seen.`;
  const roles = some([...new Set(paths.map((path) => roleName(path.role)))], 3);
  if (whose === 'app')
    return `${who} can, through ${roles}; the app cannot: it lacks the app permission for the calls.`;
  if (verdict === 'self-only') return `${who} can for their own extension only, through ${roles}.`;
  return negative
    ? `${who} can: they have ${what} through ${roles}. It works now.`
    : `${who} can: they have ${what} through ${roles}.`;
}

function extensionTrouble(status: string, type: string): string {
  if (status !== 'Enabled') return `their extension is not active (${plain(status)})`;
  return `an extension of type ${plain(type)} holds no roles`;
}

function layerLine(layer: Layer): string {
  switch (layer.layer) {
    case 'extension':
      return layer.state === 'open'
        ? `Extension: open. ${plain(layer.status)}, type ${plain(layer.type)}.`
        : `Extension: closed, ${extensionTrouble(layer.status, layer.type)}.`;
    case 'permission':
      return `User permission: ${layer.state === 'open' ? 'open, held' : layer.state === 'closed' ? 'closed, not held' : `not seen, ${plain(layer.why ?? '', 200)}`}.`;
    case 'reach':
      return layer.state === 'unseen'
        ? 'Reach: not seen, RingCentral does not tell how far it goes.'
        : `Reach: ${layer.state}, ${reach(layer.scopes)}.`;
    case 'site':
      return siteLine(layer);
    case 'app':
      return appLine(layer);
    case 'feature':
      return featureLine(layer);
    default:
      return assertNever(layer);
  }
}

function siteLine({ state, sites }: Extract<Layer, { layer: 'site' }>): string {
  if (state === 'open') return 'Site: open, not restricted to sites.';
  if (state === 'unseen') return 'Site: not seen, RingCentral does not show which sites they administer.';
  return sites.length === 0
    ? 'Site: limited to sites they administer, which are none.'
    : `Site: limited to ${join(sites.map((site) => plain(site)))}.`;
}

function appLine({ state, needed, missing }: Extract<Layer, { layer: 'app' }>): string {
  if (state === 'unseen')
    return 'App: not seen, no documented call asks for this permission. It matters for calls through the API only.';
  if (state === 'open') return `App: open, this app has ${join(needed)}. It matters for calls through the API only.`;
  return `App: ${state}, this app lacks ${join(missing)}. It matters for calls through the API only.`;
}

function featureLine({ state, features, code, why }: Extract<Layer, { layer: 'feature' }>): string {
  if (state === 'unseen') return `Plan and feature: not seen, ${unseenWords(why ?? 'not-answered', features)}.`;
  if (state === 'open') return `Plan and feature: open, ${join(features)} available.`;
  return `Plan and feature: closed, ${join(features)} not available${code === null ? '' : ` (${plain(code)})`}.`;
}

function unseenWords(why: FeatureUnseen, features: readonly string[]): string {
  switch (why) {
    case 'none-known':
      return 'no feature is known to stand for this permission';
    case 'others':
      return 'RingCentral tells it to the person themselves only';
    case 'no-token':
      return 'it takes your own RingCentral sign-in';
    case 'not-decisive':
      return `${join(features)} was not asked for, because the permission is missing already`;
    case 'not-answered':
      return 'RingCentral did not answer that';
    default:
      return assertNever(why);
  }
}

/** What opens the closed layer: the roles with their side effects, as clicks and as a call. */
function opening({ answer, facts, whose }: AccessExplanation): Part[] {
  if (whose === 'plan')
    return maybe(
      'No role cures that. The administrator of the account can change the plan, or activate the extension.',
    );
  if (whose === 'app')
    return maybe('The owner of the app adds it in the developer console; then a new token is needed (inferred).');
  if (whose !== 'user') return [];
  return [
    ...cureParts(answer),
    ...list(null, answer.cures.length === 0 ? [] : [...portalWords(facts), ...apiCall(answer)]),
  ];
}

function severalExplained(explained: readonly AccessExplanation[]): Body {
  return {
    headline: `${explained.length} answers.`,
    parts: table(
      'Why people can or cannot',
      ['Person', 'Permission', 'Answer', 'Closed or limited', 'Whose problem'],
      explained.map(({ answer, layers, whose }) => [
        personName(answer.person),
        permissionName(answer.permission),
        answer.verdict.replace('-', ' '),
        join(layers.filter(({ state }) => state === 'closed' || state === 'limited').map(({ layer }) => layer)),
        whoseWords(whose),
      ]),
    ),
  };
}
