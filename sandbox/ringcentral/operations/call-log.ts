import type { MadeUpCall } from '../account/calls.ts';
import { failure, invalidParameter, notFound } from '../http/failure.ts';
import { pagedCollection, readPage } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';
import { multipartRecords } from './multipart.ts';
import { accountUri, type Call, extensionUri, type Operation, type UserGate } from './operation.ts';
import { demandWord, demandWords } from './query.ts';

const DAY_MS = 86_400_000;
const OWN: UserGate = { permission: 'ReadCallLog', over: 'extension' };
/** The document labels these operations FullCompanyCallLog; the server names ReadCompanyCallLog. */
const COMPANY: UserGate = { permission: 'ReadCompanyCallLog', over: 'account' };
const COMMON = { method: 'GET', group: 'Heavy', app: 'ReadCallLog' } as const;
const EXTENSION = '/restapi/v1.0/account/{accountId}/extension/{extensionId}';
const ACCOUNT = '/restapi/v1.0/account/{accountId}';

/** `CallLogRecord`; legs and billing only in the detailed view. */
function renderRecord(call: Call, record: MadeUpCall, base: string): Record<string, unknown> {
  const { world } = call;
  const detailed = demandWord(call.query, 'view', ['Simple', 'Detailed']) === 'Detailed';
  const person = {
    extensionNumber: record.owner.number,
    extensionId: String(record.owner.id),
    name: record.owner.name,
  };
  const outside = { phoneNumber: record.outsideNumber, location: 'Denver, CO' };
  const inbound = record.direction === 'Inbound';
  const shared = {
    telephonySessionId: `s-${record.sessionId}`,
    partyId: `p-${record.sessionId}-1`,
    transport: 'VoIP',
    type: 'Voice',
    direction: record.direction,
    action: inbound ? 'Phone Call' : 'VoIP Call',
    result: record.result,
    from: inbound ? outside : person,
    to: inbound ? person : outside,
    startTime: new Date(record.startedAt).toISOString(),
    duration: record.durationSeconds,
    durationMs: record.durationSeconds * 1000,
    extension: { id: record.owner.id, uri: extensionUri(world, record.owner) },
    ...(record.recordingId === null ? {} : { recording: renderRecording(call, record) }),
  };
  return {
    id: record.id,
    uri: `${base}/call-log/${record.id}?view=${detailed ? 'Detailed' : 'Simple'}`,
    sessionId: record.sessionId,
    ...shared,
    ...(detailed
      ? {
          lastModifiedTime: new Date(record.startedAt + record.durationSeconds * 1000).toISOString(),
          billing: { costIncluded: 0, costPurchased: 0 },
          legs: [{ ...shared, legType: inbound ? 'Accept' : 'SipToPstnUnmetered', master: true }],
        }
      : {}),
  };
}

function renderRecording({ world }: Call, record: MadeUpCall): object {
  const uri = accountUri(world, `/recording/${record.recordingId}`);
  return { id: record.recordingId, uri, type: record.recordingType, contentUri: `${uri}/content` };
}

function readTime(query: URLSearchParams, name: string, absent: number): number {
  const value = query.get(name);
  if (value === null) return absent;
  const time = Date.parse(value);
  if (Number.isNaN(time)) throw invalidParameter(name);
  return time;
}

const SESSION_EXCLUDES = ['extensionNumber', 'phoneNumber', 'direction', 'type', 'transport', 'dateFrom', 'dateTo'];

function demandFilters(query: URLSearchParams): void {
  const other = SESSION_EXCLUDES.find((name) => query.has(name));
  if (query.has('sessionId') && other !== undefined) {
    throw failure(400, 'CLG-110', `Parameter [sessionId] is not allowed for usage along with parameter [${other}]`, {
      parameterName: 'sessionId',
    });
  }
  if (query.has('extensionNumber') && query.has('phoneNumber')) throw invalidParameter('phoneNumber');
}

/** The filters that the small made-up log can honour. @throws {ApiFailure} 400 CMN-101, CLG-110 */
function filterFor({ query, world }: Call): (record: MadeUpCall) => boolean {
  demandFilters(query);
  const directions = demandWords(query, 'direction', ['Inbound', 'Outbound']);
  const types = demandWords(query, 'type', ['Voice', 'Fax']);
  const transports = demandWords(query, 'transport', ['PSTN', 'VoIP']);
  const recording = demandWord(query, 'recordingType', ['Automatic', 'OnDemand', 'All']);
  const recorded = recording !== null || query.get('withRecording') === 'true';
  const to = readTime(query, 'dateTo', world.clock.now());
  const from = readTime(query, 'dateFrom', to - DAY_MS);
  const [session, telephony] = [query.get('sessionId'), query.get('telephonySessionId')];
  const [number, phone] = [query.get('extensionNumber'), query.get('phoneNumber')];
  return (record) =>
    (session !== null || (record.startedAt >= from && record.startedAt <= to)) &&
    (directions.size === 0 || directions.has(record.direction)) &&
    (types.size === 0 || types.has('Voice')) &&
    (transports.size === 0 || transports.has('VoIP')) &&
    (!recorded || record.recordingId !== null) &&
    (recording === null || recording === 'All' || record.recordingType === recording) &&
    (session === null || record.sessionId === session) &&
    (telephony === null || `s-${record.sessionId}` === telephony) &&
    (number === null || record.owner.number === number) &&
    (phone === null || record.outsideNumber === `+${phone}`);
}

function answer(call: Call, rows: readonly MadeUpCall[], base: string, tail: string): Reply {
  const page = readPage(call.query, { words: { max: 1000 } });
  const found = rows.filter(filterFor(call)).toSorted((a, b) => b.startedAt - a.startedAt);
  const link = { uri: base + tail, query: call.query };
  return ok(pagedCollection(found, page, (record) => renderRecord(call, record, base), link));
}

function readMany(call: Call, rows: readonly MadeUpCall[], base: string): Reply {
  const ids = (call.params.callRecordId ?? '').split(',').filter((id) => id !== '');
  if (ids.length > 50) throw invalidParameter('callRecordId');
  const rendered = ids.map((id) => {
    const record = rows.find((row) => row.id === id);
    return record === undefined ? null : renderRecord(call, record, base);
  });
  if (ids.length > 1)
    return multipartRecords(
      ids.map((id, index) => ({ id, record: rendered[index] ?? null })),
      base,
    );
  if (rendered[0] === undefined || rendered[0] === null) throw notFound('callRecordId');
  return ok(rendered[0]);
}

function ownCalls({ world, target }: Call): readonly MadeUpCall[] {
  return world.phoneCalls.filter((record) => record.owner.id === target.id);
}

/** Call logs and running calls: probes for rights, filled with a few made-up calls. */
export const CALL_LOG_OPERATIONS: readonly Operation[] = [
  {
    ...COMMON,
    operationId: 'readUserCallLog',
    path: `${EXTENSION}/call-log`,
    availability: 'High',
    user: OWN,
    handle: (call) =>
      answer(
        call,
        ownCalls(call).filter((one) => !one.active),
        extensionUri(call.world, call.target),
        '/call-log',
      ),
  },
  {
    ...COMMON,
    operationId: 'readUserCallRecord',
    path: `${EXTENSION}/call-log/{callRecordId}`,
    availability: 'High',
    user: OWN,
    handle: (call) => readMany(call, ownCalls(call), extensionUri(call.world, call.target)),
  },
  {
    ...COMMON,
    operationId: 'listExtensionActiveCalls',
    path: `${EXTENSION}/active-calls`,
    availability: 'Limited',
    user: OWN,
    handle: (call) =>
      answer(
        call,
        ownCalls(call).filter((one) => one.active),
        extensionUri(call.world, call.target),
        '/active-calls',
      ),
  },
  {
    ...COMMON,
    operationId: 'readCompanyCallLog',
    path: `${ACCOUNT}/call-log`,
    availability: 'High',
    user: COMPANY,
    handle: (call) =>
      answer(
        call,
        call.world.phoneCalls.filter((one) => !one.active),
        accountUri(call.world),
        '/call-log',
      ),
  },
  {
    ...COMMON,
    operationId: 'readCompanyCallRecord',
    path: `${ACCOUNT}/call-log/{callRecordId}`,
    availability: 'High',
    user: COMPANY,
    handle: (call) => readMany(call, call.world.phoneCalls, accountUri(call.world)),
  },
  {
    ...COMMON,
    operationId: 'listCompanyActiveCalls',
    path: `${ACCOUNT}/active-calls`,
    availability: 'Limited',
    user: COMPANY,
    handle: (call) =>
      answer(
        call,
        call.world.phoneCalls.filter((one) => one.active),
        accountUri(call.world),
        '/active-calls',
      ),
  },
];
