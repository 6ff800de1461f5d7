import type { Replay } from './answer.ts';
import type { DocumentedOperation } from './document.ts';
import { control, runStep, send } from './run-step.ts';
import type { Step } from './scenario.ts';
import type { Problems } from './validate.ts';

type Found = { readonly requests: number; readonly problems: Problems };

/** Labels of the document that name a permission no server was seen to use, and the one it uses instead. */
const REAL_PERMISSION: Readonly<Record<string, string>> = {
  FullCompanyCallLog: 'ReadCompanyCallLog',
  ReadCallRecording: 'ReadCallRecordings',
};
/** Labelled ReadCallLog, but the guide shows ReadCompanyCallLog in its refusal. */
const REAL_FOR_OPERATION: Readonly<Record<string, string>> = { listCompanyActiveCalls: 'ReadCompanyCallLog' };

/** Alice's role, emptied or narrowed for the second gate. */
const ALICE = { ext: '101', role: '600001' };
const LARGEST_LIMIT = 60;

/**
 * What can go wrong with any operation that takes a token, derived from what the document says about it: no token, a
 * dead one, app permission missing, user permission missing or too narrow, another account, limited mode, an
 * unavailable service, too many requests.
 */
export async function* generalFailures(
  replay: Replay,
  operation: DocumentedOperation,
  base: Step,
): AsyncGenerator<Found> {
  if (base.as === null) {
    if (operation.operationId === 'getToken') yield tooMany(replay, operation, base);
    return;
  }
  yield one(replay, operation, { ...base, name: 'general no token', as: null, status: 401, code: 'AGW-401' });
  yield one(replay, operation, { ...base, name: 'general dead token', token: 'dead', status: 401, code: 'OAU-213' });
  yield appPermission(replay, operation, base);
  yield userPermission(replay, operation, base);
  yield reach(replay, operation, base);
  yield otherAccount(replay, operation, base);
  yield otherExtension(replay, operation, base);
  yield limitedMode(replay, operation, base);
  yield unavailable(replay, operation, base);
  yield tooMany(replay, operation, base);
}

const NOTHING: Found = { requests: 0, problems: [] };

async function one(replay: Replay, operation: DocumentedOperation, step: Step): Promise<Found> {
  return { requests: 1, problems: await runStep(replay, operation, step) };
}

/** Each case starts from a fresh account and fresh rate limits. */
async function afresh(replay: Replay): Promise<void> {
  await control(replay.sandbox, 'POST', '/reset');
}

async function appPermission(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  if (operation.appPermission === null) return NOTHING;
  await afresh(replay);
  const { token } = await control(replay.sandbox, 'POST', '/tokens', { ext: '104', scopes: ['ReadClientInfo'] });
  return one(replay, operation, { ...base, name: 'general app permission', token, status: 403, code: 'CMN-401' });
}

function realPermission(operation: DocumentedOperation): string | null {
  const label = operation.userPermission;
  if (label === null) return null;
  return REAL_FOR_OPERATION[operation.operationId] ?? REAL_PERMISSION[label] ?? label;
}

async function userPermission(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  const permission = realPermission(operation);
  if (permission === null) return NOTHING;
  await afresh(replay);
  await control(replay.sandbox, 'PATCH', `/portal/role/${ALICE.role}`, { permissions: ['General'] });
  const step: Step = { ...base, name: 'general user permission', as: ALICE.ext, status: 403, code: 'CMN-408' };
  const found = await one(replay, operation, step);
  const answer = await send(replay, operation, step);
  const named = (answer.json as { permissionName?: string } | undefined)?.permissionName;
  const wrong = named === permission ? [] : [`general user permission: names ${named} instead of ${permission}`];
  return { requests: 2, problems: [...found.problems, ...wrong] };
}

async function reach(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  const permission = realPermission(operation);
  const target = base.path?.extensionId;
  if (permission === null || target === undefined || target === '~') return NOTHING;
  await afresh(replay);
  await control(replay.sandbox, 'PATCH', `/portal/role/${ALICE.role}`, { permissions: [permission], reach: 'Self' });
  return one(replay, operation, { ...base, name: 'general reach', as: ALICE.ext, status: 403, code: 'CMN-419' });
}

async function otherAccount(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  if (base.path?.accountId === undefined) return NOTHING;
  await afresh(replay);
  const code = operation.path.includes('/directory/') ? 'ADG-107' : 'CMN-102';
  const path = { ...base.path, accountId: '1' };
  return one(replay, operation, { ...base, path, name: 'other account', status: 404, code });
}

async function otherExtension(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  if (base.path?.extensionId === undefined) return NOTHING;
  const path = { ...base.path, extensionId: '1' };
  return one(replay, operation, { ...base, path, name: 'unknown extension', status: 404, code: 'CMN-102' });
}

async function limitedMode(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  if (operation.availability === null) return NOTHING;
  await afresh(replay);
  await control(replay.sandbox, 'PUT', '/limited-mode', { on: true });
  if (operation.availability === 'High') return one(replay, operation, { ...base, name: 'general limited mode' });
  return one(replay, operation, { ...base, name: 'general limited mode', status: 503, code: 'CMN-211' });
}

async function unavailable(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  await afresh(replay);
  await control(replay.sandbox, 'POST', '/faults', { fault: { kind: 'status', status: 503 } });
  return one(replay, operation, { ...base, name: 'general unavailable', status: 503, code: 'CMN-201' });
}

async function tooMany(replay: Replay, operation: DocumentedOperation, base: Step): Promise<Found> {
  if (operation.group === 'NoThrottling') return NOTHING;
  await afresh(replay);
  for (let requests = 1; requests <= LARGEST_LIMIT; requests += 1) {
    const { status } = await send(replay, operation, base);
    if (status !== 429) continue;
    const step: Step = { ...base, name: 'general too many requests', status: 429, code: 'CMN-301' };
    return { requests: requests + 1, problems: await runStep(replay, operation, step) };
  }
  return { requests: LARGEST_LIMIT, problems: ['general too many requests: the limit never came'] };
}
