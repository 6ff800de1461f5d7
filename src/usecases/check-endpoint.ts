import { findEndpoint } from '../catalogue/lookups.ts';
import { readCall, segmentsOf, type WrittenCall } from '../domain/api-path.ts';
import { isRefusal } from '../domain/authority.ts';
import { scopesOf } from '../domain/effective-permissions.ts';
import type { EndpointFacts, Explanation } from '../domain/explanation.ts';
import { isFault } from '../domain/faults.ts';
import { reachesOthers } from '../domain/permission-reach.ts';
import type { EndpointLook, PermissionAnswer, Saying, Verdict } from '../domain/reply.ts';
import type { Understanding } from '../domain/understanding.ts';
import { carriedBy, printedScope } from './app-scope.ts';
import { permissionAnswers } from './check-permission.ts';
import { establishAuthority } from './establish-authority.ts';
import { explainPaste } from './explain-paste.ts';
import { endpointFacts } from './permission-facts.ts';
import type { ProbeResult, RoleDirectory } from './ports.ts';
import { recordRead } from './record-read.ts';
import { recordRefusal } from './record-refusal.ts';
import { type Answer, answer, type Session } from './session.ts';

type Needs = Extract<Saying, { kind: 'endpoint-needs' }>;

/**
 * Tells both gates of a documented call, whether the app and the person pass them, and what older documents say; tries
 * the call where the words ask for it.
 */
export async function checkEndpoint(session: Session, understanding: Understanding): Promise<Answer> {
  const { text } = understanding;
  const trying = asksToTry(text);
  const call = readCall(text);
  const wanted = typeof call === 'string' ? readCall(understanding.endpoint ?? '') : call;
  // Words like "it" mean the call of before; and where nothing is sent, any query may stand behind the path.
  const harmless = call === 'no-path' || (call === 'query' && !trying);
  const trouble = typeof call === 'string' && !harmless ? call : null;
  const row = typeof wanted === 'string' ? null : findEndpoint(wanted.method, wanted.path);
  if (row === null || typeof wanted === 'string' || trouble !== null) {
    const asked = understanding.endpoint?.slice(0, 200) ?? '';
    return answer({ kind: 'endpoint-unknown', asked: trouble === null ? asked : null, trouble });
  }
  const endpoint = endpointFacts(row);
  const app = endpoint.appPermission === null ? null : await appLook(session, endpoint.appPermission);
  const look = await lookAtPeople(session, understanding, endpoint, wanted);
  const tried = trying ? await tryCall(session, understanding, endpoint, wanted, look) : null;
  const verdict = tried?.kind === 'tried' ? (tried.status < 400 ? 'yes' : 'no') : overall(endpoint, app, look);
  const answers = look.kind === 'people' ? look.answers : [];
  const people = answers.map(({ person }) => person.number);
  const permissions = endpoint.userPermission === null ? [] : [endpoint.userPermission];
  return answer(
    { kind: 'endpoint-needs', endpoint, app, look, tried },
    { verdict, asOf: session.facts.readAt, about: { people, permissions } },
  );
}

async function appLook(session: Session, id: string): Promise<NonNullable<Needs['app']>> {
  return { id, ...carriedBy(await printedScope(session), id) };
}

async function lookAtPeople(
  session: Session,
  understanding: Understanding,
  endpoint: EndpointFacts,
  call: WrittenCall,
): Promise<EndpointLook> {
  if (endpoint.userPermission === null) return { kind: 'nothing-needed' };
  const { people, group } = understanding;
  const wide = reachesBeyond(session, endpoint, call);
  const wish = { people, group, permissions: [endpoint.userPermission] };
  try {
    const found = await permissionAnswers(session, 'check-endpoint', wish, wide);
    if (found.open) return { kind: 'people', answers: found.value.answers, wide };
    await recordRefusal(session, understanding, found.reason);
    return { kind: 'refused', reason: found.reason };
  } catch (error) {
    if (isFault(error)) return { kind: 'unreachable' };
    throw error;
  }
}

/** Whether the call is about others than the caller: of the account as a whole, or of another extension. */
function reachesBeyond(session: Session, { path, operationId }: EndpointFacts, call: WrittenCall): boolean {
  const extension = segmentsOf(path, call.path)?.extensionId;
  if (extension !== undefined) return /^\d+$/.test(extension) && extension !== session.asker.person.id;
  // A recording may be one's own, whatever its address.
  return path.includes('{accountId}') && operationId !== 'readCallRecording';
}

function overall(endpoint: EndpointFacts, app: Needs['app'], look: EndpointLook): Verdict | null {
  if (endpoint.retired) return null;
  if (app !== null && !app.printed && app.through === null) return 'no';
  if (look.kind === 'nothing-needed') return 'yes';
  if (look.kind !== 'people') return 'cannot-tell';
  const passes = look.answers.map((each) => passing(each, look.wide));
  return passes.every((each) => each === 'yes') ? 'yes' : passes.includes('no') ? 'no' : 'cannot-tell';
}

function passing({ verdict, paths }: PermissionAnswer, wide: boolean): Verdict {
  if (verdict === 'no' || verdict === 'cannot-tell') return verdict;
  return !wide || reachesOthers(scopesOf(paths)) ? 'yes' : 'no';
}

/** Only at the beginning: "what do I need to try ..." asks, it does not order. */
const TRY =
  /^\W{0,4}(?:(?:please|can you|could you|now|and|ok|then)\W+){0,3}(?:try|test|probe|run|execute|attempt|give)\b/i;

function asksToTry(text: string): boolean {
  return TRY.test(text);
}

/** Makes the call with the asker's own token, else with the app's for an asker who administers roles; reads only. */
async function tryCall(
  session: Session,
  understanding: Understanding,
  endpoint: EndpointFacts,
  call: WrittenCall,
  look: EndpointLook,
): Promise<NonNullable<Needs['tried']>> {
  if (call.method !== 'GET') return { kind: 'not-tried', why: 'no-read' };
  const segments = segmentsOf(endpoint.path, call.path) ?? {};
  if (!areOurs(session, segments)) return { kind: 'not-tried', why: 'ids' };
  const { own } = session.asker;
  if (own !== null) return outcome(session, 'own', await probe(own, endpoint, segments, call), look);
  const right = await establishAuthority(session, 'assign', 'account');
  if (isRefusal(right)) return { kind: 'not-tried', why: 'no-token' };
  await recordRead(session, 'check-endpoint', right.proof, { people: understanding.people });
  return outcome(session, 'app', await probe(session.deps.directories.service, endpoint, segments, call), look);
}

/** `~` and plain ids; an account that is not ours is nobody's to try here. */
function areOurs({ names }: Session, segments: Readonly<Record<string, string>>): boolean {
  const { accountId, extensionId, ...others } = segments;
  if (accountId !== undefined && accountId !== '~' && accountId !== names.account.id) return false;
  if (extensionId !== undefined && extensionId !== '~' && !/^\d{1,19}$/.test(extensionId)) return false;
  return Object.values(others).every((value) => /^[A-Za-z0-9_-]{1,64}$/.test(value) && value !== 'default');
}

async function probe(
  directory: RoleDirectory,
  { operationId }: EndpointFacts,
  segments: Readonly<Record<string, string>>,
  { query }: WrittenCall,
): Promise<ProbeResult | null> {
  try {
    return await directory.probe({ operationId, segments, query });
  } catch (error) {
    if (isFault(error, 'directory-rejected')) return null;
    throw error;
  }
}

/** What the end of a tried call means; RingCentral's answer itself was dropped unread. */
function outcome(
  session: Session,
  as: 'own' | 'app',
  result: ProbeResult | null,
  look: EndpointLook,
): NonNullable<Needs['tried']> {
  if (result === null) return { kind: 'not-tried', why: 'not-listed' };
  const { status, errorCode, missing } = result;
  const told = errorCode === null ? null : { code: errorCode, permission: missing };
  const read = status < 400 ? null : explainPaste(`HTTP/1.1 ${status}`, told, session.names.permissions);
  const explanation = read === null || as === 'app' ? read : withLook(read, look);
  return { kind: 'tried', as, status, errorCode, missing, explanation };
}

/** The asker made the call, so what was found about them belongs to its end. */
function withLook(read: Explanation, look: EndpointLook): Explanation {
  if (look.kind !== 'people') return read;
  const { answers } = look;
  const reaching = answers.map(({ paths }) => reachesOthers(scopesOf(paths)));
  const findings = read.findings.map((finding) =>
    finding.permission !== null && answers.every(({ permission }) => permission.id === finding.permission?.id)
      ? { ...finding, live: { kind: 'people', answers, reachesOthers: reaching } as const }
      : finding,
  );
  return { ...read, findings, account: true };
}
