import { fileJson } from '../files/file-json.ts';
import { isVisibleTo } from '../files/store.ts';
import type { SlackFile } from '../files/types.ts';
import type { Json } from '../json.ts';
import { viewJson } from '../views.ts';
import { messageJson, visibleMessages } from '../workspace/messages.ts';
import type { StoredView, World } from '../world.ts';

/** What can be looked at, by route. */
export const READS: Readonly<Record<string, (world: World, query: URLSearchParams) => unknown>> = {
  'GET /workspace': workspace,
  'GET /messages': messages,
  'GET /files': files,
  'GET /home': home,
  'GET /views': views,
  'GET /assistant': assistant,
  'GET /calls': calls,
  'GET /deliveries': deliveries,
  'GET /faults': (world) => ({ faults: world.faults }),
};

function workspace(world: World): Json {
  const { identity, manifest } = world;
  return {
    team: { id: identity.teamId, name: identity.teamName, domain: identity.teamDomain },
    app: {
      id: identity.appId,
      name: manifest.name,
      botId: identity.botId,
      installed: world.installed,
      connections: world.door.open(),
    },
    botUserId: identity.botUserId,
    members: [...world.members.values()].map((member) => ({
      id: member.id,
      name: member.realName,
      handle: member.handle,
      kind: member.kind,
      ext: member.ext,
      teamId: member.teamId,
      email: member.email,
      deleted: member.deleted,
    })),
    channels: [...world.channels.values()].map((channel) => ({
      id: channel.id,
      name: channel.name,
      kind: channel.kind,
      extShared: channel.extShared,
      archived: channel.archived,
      members: [...channel.members],
    })),
    commands: manifest.commands,
    shortcuts: manifest.shortcuts,
    scopes: world.scopes,
    events: manifest.botEvents,
    rateLimits: world.switches.rateLimits,
  };
}

function messages(world: World, query: URLSearchParams): Json {
  const user = query.get('user');
  const channel = query.get('channel') ?? (user === null ? '' : `D${user}`);
  const member = user === null || world.channels.get(channel)?.members.has(user) === true;
  const seen = member
    ? visibleMessages(world, channel, user)
    : visibleMessages(world, channel, user).filter((message) => message.onlyFor === user);
  return {
    messages: seen.map((message) => ({
      ...messageJson(world, message),
      channel: message.channel,
      files: message.files.map((id) => world.files.get(id)).flatMap((file) => (file ? [fileEntry(world, file)] : [])),
      ephemeral: message.onlyFor !== null,
      onlyFor: message.onlyFor,
      blocks: message.blocks,
      thread_ts: message.threadTs,
    })),
  };
}

/** Files before a person, or all; the newest last. */
function files(world: World, query: URLSearchParams): Json {
  const user = query.get('user');
  const channel = query.get('channel');
  return {
    files: [...world.files.values()]
      .filter((file) => user === null || isVisibleTo(world, file, user))
      .filter((file) => channel === null || file.shares.some((share) => share.channel === channel))
      .map((file) => fileEntry(world, file)),
  };
}

/** Slack's own fields, and where this control API hands the file out. */
function fileEntry(world: World, file: SlackFile): Json {
  const base = { ...fileJson(world, file), name: file.name, deleted: file.deleted, download: `/files/${file.id}` };
  return file.deleted ? base : { ...base, ...previewOf(file) };
}

const PREVIEW_LINES = 12;

/** The first lines of a text; of anything else nothing. */
function previewOf(file: SlackFile): Json {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
    if (text.includes('\0')) return {};
    const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
    const preview = lines.slice(0, PREVIEW_LINES).join('\n').slice(0, 4000);
    return { preview, lines: lines.length, lines_more: Math.max(0, lines.length - PREVIEW_LINES) };
  } catch {
    return {};
  }
}

function home(world: World, query: URLSearchParams): Json {
  const view = world.homes.get(query.get('user') ?? '');
  return { view: view === undefined ? null : shown(world, view) };
}

function views(world: World, query: URLSearchParams): Json {
  return { views: (world.stacks.get(query.get('user') ?? '') ?? []).map((view) => shown(world, view)) };
}

function shown(world: World, view: StoredView): Json {
  return { ...viewJson(world, view), errors: view.errors };
}

function assistant(world: World, query: URLSearchParams): Json {
  const channel = query.get('channel') ?? `D${query.get('user') ?? ''}`;
  const threads = [...world.assistantThreads.entries()].filter(([key]) => key.startsWith(`${channel}:`));
  return {
    threads: threads.map(([key, thread]) => ({
      threadTs: key.slice(channel.length + 1) || null,
      status: thread.status,
      title: thread.title,
      prompts: thread.prompts,
    })),
  };
}

function calls(world: World, query: URLSearchParams): Json {
  const since = Number(query.get('since') ?? 0);
  return { calls: world.calls.filter((call) => call.seq > since) };
}

function deliveries(world: World, query: URLSearchParams): Json {
  const kind = query.get('kind');
  return {
    deliveries: world.deliveries
      .filter((delivery) => kind === null || delivery.kind === kind)
      .map((delivery) => ({ ...delivery, payload: { ...delivery.payload, token: undefined } })),
  };
}
