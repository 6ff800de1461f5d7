import type { types, webApi } from '@slack/bolt';
import type { Attachment, UnusableAttachment } from '../../domain/attachment.ts';
import { Fault } from '../../domain/faults.ts';
import type { ReplyFile } from '../../domain/reply.ts';
import type { Log } from '../../usecases/ports.ts';
import { download, type SharedFile } from './download.ts';
import { slackFault } from './faults.ts';
import { fileHosts } from './file-hosts.ts';
import { type ChatMessage, type Posted, postEphemeral, postMessage, updateMessage } from './post.ts';
import { respond } from './respond.ts';
import { openDirect, upload } from './upload.ts';

/** Where somebody asked or clicked, and how they can be answered so that nobody else sees it. */
export type Place = {
  readonly member: string;
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Whether the channel is the member's direct conversation with the app. */
  readonly direct: boolean;
  readonly responseUrl: string | null;
  /** The message that was clicked, when it is one that can be updated. */
  readonly messageTs: string | null;
};

/** What the assistant does in Slack besides listening. */
export type SlackChat = {
  /** Says something new to the member alone. @throws {Fault} `chat-undeliverable` when every way failed */
  tell(place: Place, message: ChatMessage): Promise<void>;
  /** Puts something in the place of what was clicked, so that dead buttons disappear; else says it anew. */
  replace(place: Place, message: ChatMessage): Promise<void>;
  /**
   * Says something nobody asked for, in a channel or, by a member's id, to the member alone.
   *
   * @throws {Fault} when Slack does not take it
   */
  send(to: string, message: ChatMessage): Promise<Posted>;
  /** Puts something in the place of what was sent. @throws {Fault} when Slack does not take it, as for one that is gone */
  update(posted: Posted, message: ChatMessage): Promise<void>;
  publishHome(member: string, blocks: types.KnownBlock[]): Promise<void>;
  /** Reads a file that a member shared with the app, or says why it cannot be used. */
  fetchFile(file: SharedFile): Promise<Attachment | UnusableAttachment>;
  /**
   * Gives the member a file that nobody else sees: in their direct conversation, because what is posted in a channel can
   * be read by everybody in it.
   *
   * @throws {Fault} when it could not be posted
   */
  handOver(place: Place, file: ReplyFile): Promise<void>;
};

/** What speaking needs: a client, and for files the token and the address that the client was made with. */
type ChatDeps = {
  readonly client: webApi.WebClient;
  readonly botToken: string;
  /** Null for Slack itself. */
  readonly apiUrl: string | null;
  readonly log: Log;
};

type Way = { readonly name: string; readonly go: () => Promise<unknown> };

/** Speaks over Slack's Web API and response addresses; each way that fails leads to the next. */
export function createSlackChat({ client, botToken, apiUrl, log }: ChatDeps): SlackChat {
  const hosts = fileHosts(apiUrl);

  async function firstOf(ways: readonly Way[]): Promise<void> {
    for (const { name, go } of ways) {
      try {
        await go();
        return;
      } catch (error) {
        const fault = slackFault(error, 'answer');
        log.warn('a way to answer failed', { way: name, why: fault instanceof Error ? fault.message : 'unknown' });
      }
    }
    throw new Fault('chat-undeliverable', 'No way to reach the member in Slack worked.');
  }

  return {
    tell: (place, message) => firstOf(waysToTell(client, place, message)),
    replace: (place, message) =>
      firstOf([...waysToReplace(client, place, message), ...waysToTell(client, place, message)]),
    send: (to, message) => orFault(postMessage(client, { channel: to, threadTs: null }, message), 'send a message'),
    update: (posted, message) => orFault(updateMessage(client, posted, message), 'change a message'),
    async publishHome(member, blocks) {
      try {
        await client.views.publish({ user_id: member, view: { type: 'home', blocks } });
      } catch (error) {
        throw slackFault(error, 'publish the home page');
      }
    },
    fetchFile: (file) => download({ client, botToken, hosts, log }, file),
    async handOver({ channel, direct, member, threadTs }, file) {
      const here = direct && channel !== null;
      const target = here ? { channel, threadTs } : { channel: await openDirect(client, member), threadTs: null };
      await upload({ client, hosts }, target, file);
    },
  };
}

async function orFault<Sent>(sending: Promise<Sent>, what: string): Promise<Sent> {
  try {
    return await sending;
  } catch (error) {
    throw slackFault(error, what);
  }
}

function waysToTell(client: webApi.WebClient, place: Place, message: ChatMessage): Way[] {
  const { responseUrl, channel, member, threadTs, direct } = place;
  return [
    ...(responseUrl === null
      ? []
      : [{ name: 'response address', go: () => respond(responseUrl, message, { replace: false, threadTs }) }]),
    ...(channel !== null && direct
      ? [{ name: 'direct message', go: () => postMessage(client, { channel, threadTs }, message) }]
      : []),
    ...(channel !== null && !direct
      ? [{ name: 'ephemeral message', go: () => postEphemeral(client, { channel, member, threadTs }, message) }]
      : []),
    // Slack opens the direct conversation by itself when a member's id stands for the channel.
    { name: 'message to the member', go: () => postMessage(client, { channel: member, threadTs: null }, message) },
  ];
}

function waysToReplace(client: webApi.WebClient, place: Place, message: ChatMessage): Way[] {
  const { responseUrl, channel, messageTs, threadTs } = place;
  return [
    ...(responseUrl === null
      ? []
      : [{ name: 'response address', go: () => respond(responseUrl, message, { replace: true, threadTs }) }]),
    ...(channel === null || messageTs === null
      ? []
      : [{ name: 'update', go: () => updateMessage(client, { channel, ts: messageTs }, message) }]),
  ];
}
