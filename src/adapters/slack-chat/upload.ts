import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { Fault } from '../../domain/faults.ts';
import type { ReplyFile } from '../../domain/reply.ts';
import { slackFault } from './faults.ts';
import type { FileHosts } from './file-hosts.ts';
import { patiently } from './patience.ts';

export type UploadDeps = { readonly client: webApi.WebClient; readonly hosts: FileHosts };

/** The direct conversation that a file goes to; in a thread of it where there is one. */
export type UploadTarget = { readonly channel: string; readonly threadTs: string | null };

const Opened = z.object({ channel: z.object({ id: z.string().startsWith('D') }) });
const Announced = z.object({ upload_url: z.string(), file_id: z.string() });
const TIMEOUT_MS = 30_000;

/**
 * Opens a member's direct conversation with the app: files can be posted to conversations only, not to members.
 *
 * @throws {Fault} when Slack does not let us
 */
export async function openDirect(client: webApi.WebClient, member: string): Promise<string> {
  const answer = await patiently(() => client.conversations.open({ users: member })).catch((error: unknown) => {
    throw slackFault(error, 'open a direct conversation');
  });
  const opened = Opened.safeParse(answer);
  if (!opened.success) throw new Fault('chat-undeliverable', 'Slack did not open a direct conversation.');
  return opened.data.channel.id;
}

/**
 * Posts a file: announces it, sends its bytes, shares it.
 *
 * @throws {Fault} `config-invalid` when the app lacks the scope, `chat-undeliverable` otherwise; nothing is posted then
 */
export async function upload(deps: UploadDeps, target: UploadTarget, file: ReplyFile): Promise<void> {
  try {
    await inThreeSteps(deps, target, file);
  } catch (error) {
    throw slackFault(error, 'post a file');
  }
}

async function inThreeSteps({ client, hosts }: UploadDeps, target: UploadTarget, file: ReplyFile): Promise<void> {
  const bytes = new TextEncoder().encode(file.content);
  const answer = await patiently(() =>
    client.files.getUploadURLExternal({ filename: file.name, length: bytes.length }),
  );
  const announced = Announced.safeParse(answer);
  if (!announced.success || !hosts(announced.data.upload_url)) {
    throw new Fault('chat-undeliverable', 'Slack gave no address of its own to send a file to.');
  }
  await send(announced.data.upload_url, bytes);
  await patiently(() =>
    client.files.completeUploadExternal({
      files: [{ id: announced.data.file_id, title: file.name }],
      channel_id: target.channel,
      ...(target.threadTs === null ? {} : { thread_ts: target.threadTs }),
    }),
  );
}

/** The address itself is the permission: no token goes along, and it is in no fault. */
async function send(address: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  await response?.body?.cancel();
  if (response?.status !== 200) throw new Fault('chat-undeliverable', 'Slack did not take the bytes of a file.');
}
