import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import type { Member } from './types.ts';

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<https://...|label>`: what stays as it is. */
const TOKEN = /<(?:@[UW][A-Z0-9]+(?:\|[^<>]*)?|#C[A-Z0-9]+(?:\|[^<>]*)?|![^<>]+|(?:https?:|mailto:)[^<>\s]+)>/g;
const NAME = /(?<![\w@])@([\p{L}\p{N}][\p{L}\p{N}._-]*)|(?<![\w#&])#([\p{L}\p{N}][\p{L}\p{N}_-]*)/gu;
const LINK = /(?<![\w@.+-])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(https?:\/\/[^\s<>|]+)/g;

/** How tokens are written: messages carry ids only, escaped commands ids with labels, unescaped commands names. */
export type TokenStyle = 'message' | 'escaped-command' | 'plain-command';

/**
 * Turns what a person typed into what Slack sends: `@handle` and `#channel` become ids, addresses become links,
 * `& < >` become entities. A name that nobody has stays as it was typed.
 */
export function composeText(world: World, typed: string, style: TokenStyle): string {
  let composed = '';
  let from = 0;
  for (const match of typed.matchAll(TOKEN)) {
    composed += composePlain(world, typed.slice(from, match.index), style) + rewriteToken(world, match[0], style);
    from = match.index + match[0].length;
  }
  return composed + composePlain(world, typed.slice(from), style);
}

function composePlain(world: World, plain: string, style: TokenStyle): string {
  const escaped = escapeEntities(plain);
  if (style === 'plain-command') return escaped;
  const linked = escaped.replace(LINK, (_all, address: string | undefined, url: string | undefined) =>
    address === undefined ? `<${url}>` : `<mailto:${address}|${address}>`,
  );
  const label = style === 'escaped-command';
  return replaceOutsideTokens(linked, (part) =>
    part.replace(NAME, (all, handle: string | undefined, channel: string | undefined) => {
      if (handle !== undefined) return mentionByHandle(world, handle, label) ?? all;
      const found = [...world.channels.values()].find((entry) => entry.kind !== 'im' && entry.name === channel);
      return found === undefined ? all : `<#${found.id}|${found.name}>`;
    }),
  );
}

function mentionByHandle(world: World, typed: string, label: boolean): string | null {
  // A sentence may end right after a name: "@dave.diaz." is Dave, whose handle has a dot inside.
  for (let handle = typed; handle !== ''; handle = handle.slice(0, -1)) {
    const member = memberByHandle(world, handle);
    if (member !== undefined) return mentionOf(member, label) + typed.slice(handle.length);
    if (!/[._-]$/.test(handle)) return null;
  }
  return null;
}

function memberByHandle(world: World, handle: string): Member | undefined {
  const wanted = handle.toLowerCase();
  for (const member of world.members.values()) if (member.handle.toLowerCase() === wanted) return member;
  return undefined;
}

function mentionOf(member: Member, label: boolean): string {
  return label ? `<@${member.id}|${member.handle}>` : `<@${member.id}>`;
}

function rewriteToken(world: World, token: string, style: TokenStyle): string {
  const id = /^<@([UW][A-Z0-9]+)/.exec(token)?.[1];
  const member = id === undefined ? undefined : world.members.get(id);
  if (member !== undefined)
    return style === 'plain-command' ? `@${member.handle}` : mentionOf(member, style === 'escaped-command');
  const channel = world.channels.get(/^<#(C[A-Z0-9]+)/.exec(token)?.[1] ?? '');
  if (channel !== undefined) return style === 'plain-command' ? `#${channel.name}` : `<#${channel.id}|${channel.name}>`;
  return style === 'plain-command' ? escapeEntities(token) : token;
}

function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function replaceOutsideTokens(text: string, replace: (part: string) => string): string {
  return text
    .split(/(<[^<>]*>)/)
    .map((part) => (part.startsWith('<') ? part : replace(part)))
    .join('');
}

/** Ids of the members that a composed text mentions. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].map((match) => match[1] ?? '');
}

/** The rich_text block that Slack's own composer sends beside the text of a person's message. */
export function richTextOf(blockId: string, text: string): Json {
  const elements = text.split(/(<[^<>]*>)/).flatMap((part): Json[] => {
    const user = /^<@([UW][A-Z0-9]+)/.exec(part)?.[1];
    if (user !== undefined) return [{ type: 'user', user_id: user }];
    const channel = /^<#(C[A-Z0-9]+)/.exec(part)?.[1];
    if (channel !== undefined) return [{ type: 'channel', channel_id: channel }];
    const range = /^<!(here|channel|everyone)/.exec(part)?.[1];
    if (range !== undefined) return [{ type: 'broadcast', range }];
    const link = /^<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>$/.exec(part);
    if (link !== null) return [{ type: 'link', url: link[1], ...(link[2] === undefined ? {} : { text: link[2] }) }];
    const plain = part.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    return plain === '' ? [] : [{ type: 'text', text: plain }];
  });
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}
