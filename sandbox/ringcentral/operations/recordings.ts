import type { MadeUpCall } from '../account/calls.ts';
import { grantsOf, widestGrant } from '../gates.ts';
import { failure, notFound, userLacks, userLacksReach } from '../http/failure.ts';
import { ok, type Reply } from '../http/reply.ts';
import { accountUri, type Call, type Operation } from './operation.ts';
import { demandWord } from './query.ts';

const PATH = '/restapi/v1.0/account/{accountId}/recording/{recordingId}';
const COMMON = { method: 'GET', group: 'Heavy', availability: 'High', app: 'ReadCallRecording', user: null } as const;
const OWN = 'ReadCallRecordings';
const COMPANY = 'ReadCompanyCallRecordings';

/**
 * The second gate of a recording depends on whose it is: company recordings for all, or one's own.
 *
 * The document labels it ReadCallRecording, an id that no server was seen to use.
 */
function demandRecording({ world, caller, params }: Call): MadeUpCall {
  const holds = (permission: string) => grantsOf(world.account, caller.extension, permission).length > 0;
  if (!holds(OWN) && !holds(COMPANY)) throw userLacks(OWN);
  const record = world.phoneCalls.find((one) => one.recordingId === params.recordingId);
  if (record === undefined) throw notFound('recordingId');
  const covered = [OWN, COMPANY].some(
    (permission) => widestGrant(world.account, caller.extension, permission, record.owner) !== undefined,
  );
  if (!covered) throw userLacksReach(OWN);
  return record;
}

/** A second of silence for each second of the call, at most ten: 8 kHz, 8 bit, mono. */
function silence(seconds: number): Buffer {
  const samples = 8000 * Math.min(10, Math.max(1, seconds));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples, 40);
  return Buffer.concat([header, Buffer.alloc(samples, 0x80)]);
}

function disposition({ query }: Call): Record<string, string> {
  const how = demandWord(query, 'contentDisposition', ['Inline', 'Attachment']);
  const name = query.get('contentDispositionFilename')?.replace(/[^\w. -]/g, '_');
  if (how === null && name === undefined) return {};
  const file = name === undefined ? '' : `; filename="${name}"`;
  return { 'Content-Disposition': `${(how ?? 'Inline').toLowerCase()}${file}` };
}

function demandRange(headers: Call['headers'], size: number): void {
  const from = /^bytes=(\d+)-/.exec(String(headers.range ?? ''))?.[1];
  if (from !== undefined && Number(from) >= size) throw failure(416, 'CMN-107', 'Requested Range Not Satisfiable');
}

function content(call: Call): Reply {
  const bytes = silence(demandRecording(call).durationSeconds);
  demandRange(call.headers, bytes.length);
  return { status: 200, raw: { type: 'audio/wav', bytes }, headers: disposition(call) };
}

/** Recordings of calls; the content is silence. */
export const RECORDING_OPERATIONS: readonly Operation[] = [
  {
    ...COMMON,
    operationId: 'readCallRecording',
    path: PATH,
    handle(call) {
      const record = demandRecording(call);
      return ok({
        id: record.recordingId,
        contentUri: accountUri(call.world, `/recording/${record.recordingId}/content`),
        contentType: 'audio/wav',
        duration: record.durationSeconds,
      });
    },
  },
  { ...COMMON, operationId: 'readCallRecordingContent', path: `${PATH}/content`, handle: content },
];
