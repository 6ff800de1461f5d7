import { summary } from '../acts/act.ts';
import { deliver } from '../delivery/deliver.ts';
import { postSigned } from '../delivery/http.ts';
import { sendEvent } from '../events.ts';
import { deleteFile } from '../files/share.ts';
import { isObject, type Json, textOf } from '../json.ts';
import { changeMember } from '../workspace/members.ts';
import { nextTs } from '../workspace/messages.ts';
import type { DeliveryKind, Fault, World } from '../world.ts';
import type { Controlled } from './types.ts';

/** What can be changed from outside, by method and path; the path's group is handed over. */
export type Change = {
  readonly method: string;
  readonly path: RegExp;
  readonly run: (controlled: Controlled, body: Json, part: string) => Json | Promise<Json>;
};

/** All changes that the control API makes. */
export const CHANGES: readonly Change[] = [
  { method: 'POST', path: /^\/faults$/, run: ({ world }, body) => plantFault(world, body) },
  { method: 'DELETE', path: /^\/faults$/, run: ({ world }) => emptied(world.faults) },
  { method: 'DELETE', path: /^\/calls$/, run: ({ world }) => emptied(world.calls) },
  { method: 'DELETE', path: /^\/deliveries$/, run: ({ world }) => emptied(world.deliveries) },
  { method: 'POST', path: /^\/deliver$/, run: ({ world }, body) => steerDelivery(world, body) },
  { method: 'POST', path: /^\/forge$/, run: ({ world }, body) => forge(world, body) },
  { method: 'PATCH', path: /^\/members\/(\w+)$/, run: ({ world }, body, id) => patchMember(world, id, body) },
  { method: 'PATCH', path: /^\/channels\/(\w+)$/, run: ({ world }, body, id) => patchChannel(world, id, body) },
  { method: 'DELETE', path: /^\/files\/(\w+)$/, run: ({ world }, _body, id) => removeFile(world, id) },
  { method: 'PATCH', path: /^\/app$/, run: ({ world }, body) => patchApp(world, body) },
  { method: 'PATCH', path: /^\/switches$/, run: ({ world }, body) => patchSwitches(world, body) },
  { method: 'POST', path: /^\/clock$/, run: ({ world }, body) => moveClock(world, body) },
  {
    method: 'POST',
    path: /^\/reset$/,
    run: ({ reset }) => {
      reset();
      return { ok: true };
    },
  },
];

let faultId = 0;

function plantFault(world: World, body: Json): Json {
  const method = textOf(body.method);
  const fault = readFault(body.fault);
  if (method === undefined || fault === null) return { ok: false, error: 'invalid_fault' };
  const entry: Fault = { id: ++faultId, method, times: Number(body.times ?? 1), fault };
  world.faults.push(entry);
  return { ok: true, id: entry.id };
}

function readFault(given: unknown): Fault['fault'] | null {
  if (!isObject(given)) return null;
  switch (given.kind) {
    case 'ratelimited':
      return { kind: 'ratelimited', retryAfter: Number(given.retryAfter ?? 1) };
    case 'error':
      return textOf(given.error) === undefined ? null : { kind: 'error', error: String(given.error) };
    case 'status':
      return { kind: 'status', status: Number(given.status ?? 503) };
    case 'drop':
    case 'login-page':
      return { kind: given.kind };
    case 'redirect':
      return textOf(given.location) === undefined ? null : { kind: 'redirect', location: String(given.location) };
    default:
      return null;
  }
}

/** Duplicates, disconnect frames, and payloads of any content, such as those of another workspace. */
async function steerDelivery(world: World, body: Json): Promise<Json> {
  const answer: Json = { ok: true };
  if (body.duplicateNext !== undefined) {
    const kinds = Array.isArray(body.kinds) ? (body.kinds as DeliveryKind[]) : (['events_api'] as const);
    Object.assign(world.duplicates, { left: Number(body.duplicateNext), kinds });
  }
  if (typeof body.disconnect === 'string') {
    answer.disconnected = world.door.disconnect(
      body.disconnect,
      body.connection === undefined ? undefined : Number(body.connection),
    );
  }
  if (isObject(body.raw)) {
    const kind = textOf(body.raw.kind) as DeliveryKind | undefined;
    const payload = isObject(body.raw.payload) ? body.raw.payload : {};
    const delivery = await deliver(world, kind ?? 'events_api', textOf(body.raw.type) ?? 'raw', payload);
    answer.delivery = summary(delivery);
  }
  return answer;
}

/**
 * Posts a request to an app's HTTP address: `url`, `body`, `contentType`, and `secret` where the signature shall be wrong.
 * Without a body: Slack's own test of a new address, answered with its challenge.
 */
async function forge(world: World, body: Json): Promise<Json> {
  const url = textOf(body.url);
  if (url === undefined) return { ok: false, error: 'url_missing' };
  const challenge = world.ids.hex(32);
  const handshake = { token: world.identity.verificationToken, challenge, type: 'url_verification' };
  const headers = isObject(body.headers) ? (body.headers as Record<string, string>) : {};
  const text = typeof body.body === 'string' ? body.body : JSON.stringify(handshake);
  const answer = await postSigned(
    world,
    url,
    text,
    textOf(body.contentType) ?? 'application/json',
    headers,
    textOf(body.secret),
  );
  const verified = typeof body.body === 'string' ? {} : { verified: answer.body.includes(challenge) };
  return { ok: true, status: answer.status, body: answer.body, failure: answer.failure, ...verified };
}

async function patchMember(world: World, id: string, body: Json): Promise<Json> {
  const member = world.members.get(id);
  if (member === undefined) return { ok: false, error: 'user_not_found' };
  const changed = changeMember(world, member, body);
  if ('unknown' in changed) return { ok: false, error: 'unknown_fields', fields: changed.unknown };
  const deliveries = (await Promise.all(changed.sent)).map(summary);
  return { ok: true, delivery: deliveries[0] ?? null, deliveries };
}

/** Lets members in or out of a channel, the app's bot included; archives it or takes it back (`archived`). */
function patchChannel(world: World, id: string, body: Json): Json {
  const channel = world.channels.get(id);
  if (channel === undefined) return { ok: false, error: 'channel_not_found' };
  for (const member of Array.isArray(body.join) ? body.join : []) channel.members.add(String(member));
  for (const member of Array.isArray(body.leave) ? body.leave : []) channel.members.delete(String(member));
  if (typeof body.archived === 'boolean') channel.archived = body.archived;
  return { ok: true, members: [...channel.members], archived: channel.archived };
}

/** Deletes a file, as its owner or an admin may. */
async function removeFile(world: World, id: string): Promise<Json> {
  const file = world.files.get(id);
  if (file === undefined || file.deleted) return { ok: false, error: 'file_not_found' };
  const deliveries = (await Promise.all(deleteFile(world, file))).map(summary);
  return { ok: true, delivery: deliveries[0] ?? null, deliveries };
}

/** What the token may do (`scopes`), and whether the app is installed at all. */
async function patchApp(world: World, body: Json): Promise<Json> {
  if (Array.isArray(body.scopes)) world.scopes = body.scopes.map(String);
  if (typeof body.installed !== 'boolean' || body.installed === world.installed) return { ok: true };
  world.installed = body.installed;
  const sent = world.installed
    ? null
    : sendEvent(world, 'app_uninstalled', { type: 'app_uninstalled', event_ts: nextTs(world) }, null);
  return { ok: true, delivery: sent === null ? null : summary(await sent) };
}

function patchSwitches(world: World, body: Json): Json {
  if (typeof body.rateLimits === 'boolean') world.switches.rateLimits = body.rateLimits;
  return { ok: true, ...world.switches };
}

function moveClock(world: World, body: Json): Json {
  const ms = Number(body.advanceMs);
  if (!(ms >= 0)) return { ok: false, error: 'invalid_advance' };
  world.clock.advance(ms);
  return { ok: true, now: world.clock.now() };
}

function emptied(entries: unknown[]): Json {
  entries.length = 0;
  return { ok: true };
}
