import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import {
  ATTACHMENT_LIMIT_BYTES,
  type Attachment,
  type AttachmentTrouble,
  readAttachment,
  type UnusableAttachment,
} from '../../domain/attachment.ts';
import type { Log } from '../../usecases/ports.ts';
import { slackTrouble } from './faults.ts';
import type { FileHosts } from './file-hosts.ts';
import { patiently } from './patience.ts';

/** A file as a message names it. Only the id is believed; everything else is asked of Slack. */
export type SharedFile = { readonly id: string; readonly name: string };

/** `files.info` as far as it says what a file is and where it lies. */
const File = z.object({
  name: z.string().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  filetype: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
});
type File = z.infer<typeof File>;

export type DownloadDeps = {
  readonly client: webApi.WebClient;
  readonly botToken: string;
  readonly hosts: FileHosts;
  readonly log: Log;
};

const TIMEOUT_MS = 20_000;

/** Fetches a CSV file that somebody shared with the app; what is wrong with it is an answer, not a fault. */
export async function download(deps: DownloadDeps, shared: SharedFile): Promise<Attachment | UnusableAttachment> {
  const outcome = await tryDownload(deps, shared.id);
  const name = outcome.name ?? shared.name;
  if (outcome.bytes !== null) return readAttachment(name, outcome.bytes);
  deps.log.info('a file is not used', { file: shared.id, why: outcome.trouble.kind });
  return { name, trouble: outcome.trouble };
}

type Outcome =
  | { readonly name: string | null; readonly bytes: Uint8Array }
  | { readonly name: string | null; readonly bytes: null; readonly trouble: AttachmentTrouble };

async function tryDownload(deps: DownloadDeps, id: string): Promise<Outcome> {
  const asked = await askAbout(deps, id);
  if ('trouble' in asked) return { name: null, bytes: null, trouble: asked.trouble };
  const { file } = asked;
  const name = file.name ?? null;
  const trouble = troubleOf(file);
  if (trouble !== null) return { name, bytes: null, trouble };
  const address = file.url_private_download ?? '';
  if (!deps.hosts(address)) {
    deps.log.warn('a file lies at an address that is not of Slack', { file: id });
    return { name, bytes: null, trouble: { kind: 'elsewhere' } };
  }
  const got = await fetchBytes(deps, address);
  return 'trouble' in got ? { name, bytes: null, trouble: got.trouble } : { name, bytes: got.bytes };
}

async function askAbout(
  { client, log }: DownloadDeps,
  id: string,
): Promise<{ readonly file: File } | { readonly trouble: AttachmentTrouble }> {
  try {
    const answer = await patiently(() => client.files.info({ file: id }));
    const parsed = File.safeParse(answer.file);
    return parsed.success ? { file: parsed.data } : { trouble: { kind: 'unreachable' } };
  } catch (error) {
    const trouble = slackTrouble(error);
    if (trouble === null) throw error;
    log.warn('files.info failed', { trouble: trouble.kind, error: trouble.kind === 'refused' ? trouble.error : null });
    return { trouble: refusalOf(trouble.kind === 'refused' ? trouble.error : null) };
  }
}

function refusalOf(error: string | null): AttachmentTrouble {
  switch (error) {
    case 'missing_scope':
    case 'no_permission':
      return { kind: 'not-allowed' };
    case 'file_not_found':
    case 'file_deleted':
    case 'not_visible':
      return { kind: 'gone' };
    default:
      return { kind: 'unreachable' };
  }
}

/** What already shows that a file cannot be used, before a byte of it is fetched. */
function troubleOf(file: File): AttachmentTrouble | null {
  if (file.is_external === true || file.mode === 'external') return { kind: 'elsewhere' };
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return { kind: 'gone' };
  if (!looksLikeCsv(file)) return { kind: 'not-csv' };
  if ((file.size ?? 0) > ATTACHMENT_LIMIT_BYTES) return { kind: 'too-big', limitBytes: ATTACHMENT_LIMIT_BYTES };
  return null;
}

function looksLikeCsv({ name, filetype, mimetype }: File): boolean {
  return /\.csv$/i.test(name ?? '') || filetype === 'csv' || mimetype === 'text/csv';
}

async function fetchBytes(
  { botToken, log }: DownloadDeps,
  address: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly trouble: AttachmentTrouble }> {
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${botToken}` },
      // A redirect would take the token along, and leads to a sign-in page at best.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const trouble = troubleIn(response);
    if (trouble === null) return await bytesWithin(response, ATTACHMENT_LIMIT_BYTES);
    log.warn('a file could not be fetched', { status: response.status, why: trouble.kind });
    await response.body?.cancel();
    return { trouble };
  } catch (error) {
    log.warn('a file could not be fetched', { why: error instanceof Error ? error.name : 'unknown' });
    return { trouble: { kind: 'unreachable' } };
  }
}

/** Without the scope Slack does not refuse: it sends to a sign-in page, which says 200. */
function troubleIn({ status, headers }: Response): AttachmentTrouble | null {
  if ((status >= 300 && status < 400) || status === 401 || status === 403) return { kind: 'not-allowed' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status !== 200) return { kind: 'unreachable' };
  return headers.get('content-type')?.startsWith('text/html') ? { kind: 'not-allowed' } : null;
}

/** Reads at most so much: what Slack said about the size is not a promise. */
async function bytesWithin(
  response: Response,
  limitBytes: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly trouble: AttachmentTrouble }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop lets go of the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limitBytes) return { trouble: { kind: 'too-big', limitBytes } };
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks) };
}
