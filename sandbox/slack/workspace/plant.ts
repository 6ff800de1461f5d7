import { readFile } from 'node:fs/promises';
import { isObject, type Json, textOf } from '../json.ts';
import type { World } from '../world.ts';
import type { Channel, Member, MemberKind } from './types.ts';

/** What of the account file makes the workspace. */
export type AccountFile = {
  readonly company: string;
  readonly emailDomain: string;
  readonly tz: string;
  readonly people: readonly { ext: string; name: string; email: string | null }[];
  readonly slackOnly: readonly { name: string; kind: string }[];
};

/** Reads the account file. @throws when it is unreadable or no JSON object */
export async function readAccountFile(path: string | URL): Promise<AccountFile> {
  const document: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isObject(document)) throw new Error('The sandbox account file is not an object.');
  const company = isObject(document.company) ? document.company : {};
  return {
    company: textOf(company.name) ?? 'Sandbox',
    emailDomain: textOf(company.emailDomain) ?? 'sandbox.example',
    tz: textOf(company.timeZone) ?? 'UTC',
    people: objects(document.people)
      .filter((person) => person.slack === true)
      .map((person) => ({
        ext: String(person.ext),
        name: String(person.name),
        email: textOf(person.email) ?? null,
      })),
    slackOnly: objects(document.slackOnly).map((entry) => ({
      name: String(entry.name),
      kind: String(entry.kind),
    })),
  };
}

/** The member id of a person of the account. */
export function memberOf(ext: string): string {
  return `U${ext}`;
}

/** Fills an empty world with members and channels: the company's people, those only Slack knows, and the app's bot. */
export function plantWorkspace(world: World, file: AccountFile, people: number): void {
  for (const person of file.people) {
    addMember(world, file, {
      id: memberOf(person.ext),
      kind: 'member',
      ext: person.ext,
      name: person.name,
      email: person.email,
    });
  }
  for (const entry of file.slackOnly) addSlackOnly(world, file, entry);
  for (let number = 1; world.members.size < people; number++) {
    const name = `Member ${String(number).padStart(6, '0')}`;
    const handle = handleOf(name);
    addMember(world, file, {
      id: `UX${number}`,
      kind: 'member',
      ext: null,
      name,
      handle,
      email: `${handle}@${file.emailDomain}`,
    });
  }
  const { botUserId, botId, appId } = world.identity;
  const bot = addMember(world, file, {
    id: botUserId,
    kind: 'app',
    ext: null,
    name: world.manifest.name,
    email: null,
    botId,
    appId,
  });
  bot.handle = handleOf(world.manifest.botName);
  plantChannels(world);
}

function addSlackOnly(world: World, file: AccountFile, entry: { name: string; kind: string }): void {
  const kind = kindOf(entry.kind);
  const claimed = /[\w.+-]+@[\w.-]+\w/.exec(entry.kind)?.[0] ?? null;
  const own =
    kind === 'guest' ? `${handleOf(entry.name)}@guest.example` : `${handleOf(entry.name)}@${file.emailDomain}`;
  addMember(world, file, {
    id: slackOnlyId(entry.name, kind),
    kind,
    ext: null,
    name: entry.name,
    email: kind === 'bot' || kind === 'stranger' ? null : (claimed ?? own),
  });
}

/** `Gwen Guest` the guest is UGUEST, `Deploy Bot` is UDEPLOYBOT: short where the last word is the kind. */
function slackOnlyId(name: string, kind: MemberKind): string {
  const words = name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  return kind === 'bot' ? `U${words.join('')}` : `U${words.at(-1) ?? 'MEMBER'}`;
}

function kindOf(words: string): MemberKind {
  if (/guest/i.test(words)) return 'guest';
  if (/connect|another workspace/i.test(words)) return 'stranger';
  if (/\bbot\b/i.test(words)) return 'bot';
  return 'imposter';
}

type NewMember = {
  id: string;
  kind: MemberKind;
  ext: string | null;
  name: string;
  email: string | null;
  /** Known to be free already. */
  handle?: string;
  botId?: string;
  appId?: string;
};

function addMember(world: World, file: AccountFile, entry: NewMember): Member {
  const robot = entry.kind === 'bot' || entry.kind === 'app';
  const member: Member = {
    id: entry.id,
    kind: entry.kind,
    ext: entry.ext,
    teamId: entry.kind === 'stranger' ? world.identity.partnerTeamId : world.identity.teamId,
    handle: entry.handle ?? freeHandle(world, entry.email?.split('@')[0] ?? handleOf(entry.name), entry.kind),
    realName: entry.name,
    email: entry.email,
    emailConfirmed: !robot && entry.kind !== 'imposter' && entry.kind !== 'stranger',
    deleted: false,
    isBot: robot,
    isRestricted: entry.kind === 'guest',
    isUltraRestricted: false,
    isStranger: entry.kind === 'stranger',
    isAdmin: false,
    isOwner: false,
    botId: robot ? (entry.botId ?? `B${entry.id.slice(1)}`) : null,
    appId: robot ? (entry.appId ?? `A${entry.id.slice(1)}`) : null,
    tz: file.tz,
    updatedAt: world.clock.now(),
  };
  world.members.set(member.id, member);
  return member;
}

function freeHandle(world: World, wish: string, kind: MemberKind): string {
  const taken = new Set([...world.members.values()].map((member) => member.handle));
  // An imposter copies the e-mail, not the handle: Slack keeps handles apart.
  const base = kind === 'imposter' ? `${wish}.2` : wish;
  let handle = base;
  for (let number = 2; taken.has(handle); number++) handle = `${base}${number}`;
  return handle;
}

function handleOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^\.|\.$/g, '');
}

function plantChannels(world: World): void {
  const everyone = [...world.members.values()];
  const home = everyone.filter((member) => !member.isStranger).map((member) => member.id);
  const staff = everyone
    .filter((member) => member.kind === 'member' || member.kind === 'app')
    .map((member) => member.id);
  addChannel(world, { id: 'C0GENERAL', name: 'general', kind: 'channel', extShared: false, members: new Set(home) });
  addChannel(world, {
    id: 'C0APPROVALS',
    name: 'role-approvals',
    kind: 'private',
    extShared: false,
    members: new Set(staff),
  });
  addChannel(world, {
    id: 'C0SHARED',
    name: 'shared-with-partner',
    kind: 'channel',
    extShared: true,
    members: new Set([...staff, ...everyone.filter((member) => member.isStranger).map((member) => member.id)]),
  });
  for (const member of everyone) {
    if (member.isBot) continue;
    addChannel(world, {
      id: `D${member.id}`,
      name: 'directmessage',
      kind: 'im',
      extShared: false,
      members: new Set([member.id, world.identity.botUserId]),
    });
  }
}

function addChannel(world: World, channel: Omit<Channel, 'archived'>): void {
  world.channels.set(channel.id, { ...channel, archived: false });
  world.messages.set(channel.id, []);
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
