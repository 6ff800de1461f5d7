import { endpoints, features } from '../catalogue/catalogue.ts';
import { type AccessExplanation, decideWhose, extensionLayer, type Layer } from '../domain/access.ts';
import { scopesOf } from '../domain/effective-permissions.ts';
import { isFault } from '../domain/faults.ts';
import type { PermissionId } from '../domain/ids.ts';
import { nearPermissions } from '../domain/near-permissions.ts';
import { reachesFurther, reachesOthers } from '../domain/permission-reach.ts';
import type { PermissionAnswer } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { carriedBy, printedScope } from './app-scope.ts';
import { permissionAnswers } from './check-permission.ts';
import { giveSteps, keepOffers, type OfferedStep, offered } from './keep-offers.ts';
import { knownPermission } from './known-names.ts';
import { userPermissionFacts } from './permission-facts.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Words by which a question says that something does not work. */
const CANNOT =
  /\b(?:can'?t|can ?not|cant|unable|isn'?t|doesn'?t|does not|don'?t|do not|won'?t|not|no|lacks?|missing|without|denied|fails?|refused)\b/i;

/**
 * Explains why people can or cannot do something: every layer that has to let them through, as far as it can be seen,
 * whose problem a closed one is, and what opens it.
 */
export async function explainAccess(session: Session, understanding: Understanding): Promise<Answer> {
  const negative = CANNOT.test(understanding.text.replaceAll('’', "'"));
  const wide = negative ? 'held' : false;
  const found = await permissionAnswers(session, 'explain-access', understanding, wide);
  if (!found.open) return refuse(found.reason);
  const { answers, credited, about, held } = found.value;
  const explained: AccessExplanation[] = [];
  for (const each of answers) explained.push(await explainOne(session, each, held.get(each.person.id) ?? [], negative));
  const verdict = commonVerdict(answers.map((each) => each.verdict));
  const through = answers.flatMap((each) => each.paths.map((path) => path.role.displayName));
  const offers = await keepOffers(session, stepsFor(understanding, explained));
  return answer(
    { kind: 'access-explained', explained, negative, offers },
    { authority: credited, verdict, about: { ...about, roles: [...new Set(through)] } },
  );
}

async function explainOne(
  session: Session,
  given: PermissionAnswer,
  held: readonly PermissionId[],
  negative: boolean,
): Promise<AccessExplanation> {
  // The status in the name index may be minutes old, and it decides here.
  const person = await session.facts.extension(given.person.id);
  const current = { ...given, person: { ...given.person, status: person.status, type: person.type } };
  const layers = [
    extensionLayer(current.person),
    permissionLayer(current),
    ...(current.paths.length === 0 ? [] : [reachLayer(current), await siteLayer(session, current)]),
    await appLayer(session, given.permission.id),
    await featureLayer(session, current),
  ];
  return {
    answer: current,
    facts: userPermissionFacts(given.permission.id, session.names.permissions),
    layers,
    whose: decideWhose(layers, given.verdict, negative),
    near:
      given.paths.length > 0
        ? []
        : nearPermissions(given.permission.id, held).map((id) => knownPermission(session, id)),
  };
}

function permissionLayer({ verdict, unseen, paths }: PermissionAnswer): Layer {
  const state = paths.length > 0 ? 'open' : verdict === 'cannot-tell' ? 'unseen' : 'closed';
  return { layer: 'permission', state, why: state === 'unseen' ? unseen : null };
}

function reachLayer({ permission, paths }: PermissionAnswer): Layer {
  const scopes = scopesOf(paths);
  const far = !reachesFurther(permission.id) || reachesOthers(scopes);
  return { layer: 'reach', state: scopes.length === 0 ? 'unseen' : far ? 'open' : 'limited', scopes };
}

/** A way without restriction opens it; otherwise it is limited to the sites that the person administers. */
async function siteLayer(session: Session, { person, paths }: PermissionAnswer): Promise<Layer> {
  if (paths.some((path) => !path.role.siteRestricted)) return { layer: 'site', state: 'open', sites: [] };
  try {
    const sites = await session.facts.administeredSites(person.id);
    return { layer: 'site', state: 'limited', sites: sites.map((site) => site.name) };
  } catch (error) {
    if (isFault(error)) return { layer: 'site', state: 'unseen', sites: [] };
    throw error;
  }
}

/** The first gate, for the documented calls that have this permission as their second. */
async function appLayer(session: Session, permission: PermissionId): Promise<Layer> {
  const calls = endpoints().filter((row) => (row.reportedPermission ?? row.userPermission) === permission);
  const needed = [...new Set(calls.flatMap((row) => row.appPermission ?? []))];
  if (needed.length === 0) return { layer: 'app', state: 'unseen', needed, missing: [] };
  const printed = await printedScope(session);
  const missing = needed.filter((id) => {
    const { printed: has, through } = carriedBy(printed, id);
    return !has && through === null;
  });
  const state = missing.length === 0 ? 'open' : missing.length < needed.length ? 'limited' : 'closed';
  return { layer: 'app', state, needed, missing };
}

/**
 * Asks RingCentral for the features behind a permission, where that decides: for the asker, who has the permission and
 * may still be stopped by the plan. Of others it would speak of the asker.
 */
async function featureLayer(session: Session, { person, permission, paths }: PermissionAnswer): Promise<Layer> {
  const behind = features()
    .filter((row) => row.permission === permission.id)
    .map((row) => row.feature);
  const unseen = (why: 'none-known' | 'others' | 'no-token' | 'not-decisive' | 'not-answered'): Layer => ({
    layer: 'feature',
    state: 'unseen',
    features: behind,
    code: null,
    why,
  });
  const { own, person: asker } = session.asker;
  if (behind.length === 0) return unseen('none-known');
  if (paths.length === 0) return unseen('not-decisive');
  if (person.id !== asker.id) return unseen('others');
  if (own === null) return unseen('no-token');
  try {
    const told = await own.readFeatures(person.id, behind);
    const off = told.find((feature) => !feature.available);
    const code = off?.reason?.code ?? null;
    const state = told.length === 0 ? 'unseen' : off === undefined ? 'open' : 'closed';
    return { layer: 'feature', state, features: behind, code, why: told.length === 0 ? 'not-answered' : null };
  } catch (error) {
    if (isFault(error)) return unseen('not-answered');
    throw error;
  }
}

function stepsFor(
  { text, people, group, permissions }: Understanding,
  explained: readonly AccessExplanation[],
): readonly OfferedStep[] {
  const [only, ...more] = explained;
  const gives = only === undefined || more.length > 0 || only.whose !== 'user' ? [] : giveSteps(only.answer);
  const again = offered('explain-access', text.slice(0, 200), { people, group, permissions });
  return [...gives, { offer: { kind: 'check-again' }, understanding: again }];
}
