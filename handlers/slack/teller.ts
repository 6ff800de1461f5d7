import type { ChatMessage, Posted } from '#src/adapters/slack-chat/index.ts';
import { render } from '#src/cards/index.ts';
import type { IdentityLink } from '#src/domain/actor.ts';
import type { Reply } from '#src/domain/reply.ts';
import type { Store, Teller } from '#src/usecases/ports.ts';
import { type Door, describe, messageOf, messageOfTurn } from './door.ts';

/** The kind of record that says where somebody was told about a topic. */
const TOLD = 'told-in-slack';

type Telling = Pick<Store, 'links' | 'records' | 'commit'>;

/**
 * Tells people in their direct conversation with the app, through every member of this workspace who is linked to them.
 *
 * What was told about a topic is changed in its place, also by another process than the one that told it; where that
 * message is gone it is told anew.
 *
 * @param approversChannel - id of the channel for announcements; null where none is set
 */
export function createSlackTeller(door: Door, store: Telling, approversChannel: string | null): Teller {
  const { team, enterprise } = door.installation;

  async function tell(to: IdentityLink['extension'], reply: Reply, topic?: string): Promise<boolean> {
    const links = await store.links.of(to);
    const here = links.filter(({ workspace }) => workspace === (enterprise ?? team));
    const told = await Promise.all(
      here.map(async ({ member }) => (await mayBeTold(member)) && say(member, reply, topic)),
    );
    return told.includes(true);
  }

  /** Whoever left the workspace or became a guest in it since they were linked is told nothing any more. */
  async function mayBeTold(member: string): Promise<boolean> {
    const standing = await door.standings.read(member, false);
    return standing?.home === true && !standing.deleted && !standing.guest && !standing.stranger;
  }

  async function say(to: string, reply: Reply, topic?: string): Promise<boolean> {
    try {
      const message = await messageFor(to, reply);
      if (topic === undefined) await door.chat.send(to, message);
      else await sayAbout(`${topic}@${to}`, to, message);
      return true;
    } catch (error) {
      door.log.warn('somebody could not be told in Slack', { to, why: describe(error) });
      return false;
    }
  }

  /** A file goes with what a member is told; a channel is told in words alone, because everybody in it reads along. */
  function messageFor(to: string, reply: Reply): Promise<ChatMessage> | ChatMessage {
    if (reply.file === undefined || to === approversChannel) return messageOf(render(reply, { zone: door.zone }));
    const place = { member: to, channel: null, threadTs: null, direct: true, responseUrl: null, messageTs: null };
    const facts = { people: [], roles: [], permissions: [], changes: [] };
    return messageOfTurn(door, place, { reply, understanding: null, facts });
  }

  async function sayAbout(id: string, to: string, message: ChatMessage): Promise<void> {
    const before = await store.records.load(TOLD, id);
    if (before !== null && (await changed(JSON.parse(before.body) as Posted, message))) return;
    const body = JSON.stringify(await door.chat.send(to, message));
    const createdAt = door.clock.now();
    const facts = { state: 'told', owner: null, subject: null, ref: null, endsAt: null, body };
    await store.commit(
      [
        before === null
          ? { write: 'record.insert', record: { kind: TOLD, id, createdAt, ...facts } }
          : { write: 'record.move', record: before, to: { body } },
      ],
      [],
    );
  }

  async function changed(posted: Posted, message: ChatMessage): Promise<boolean> {
    try {
      await door.chat.update(posted, message);
      return true;
    } catch (error) {
      door.log.info('a message could not be changed and is sent anew', { why: describe(error) });
      return false;
    }
  }

  return {
    tell,
    announce: async (reply, topic) => approversChannel !== null && say(approversChannel, reply, topic),
  };
}
