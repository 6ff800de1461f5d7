import type { ChatMessage, Installation, Place, SlackChat, Standings } from '#src/adapters/slack-chat/index.ts';
import {
  type Card,
  type FileWent,
  type Notice,
  notice,
  render,
  toBlockKit,
  toSimpleBlocks,
  withFileNote,
} from '#src/cards/index.ts';
import type { Conversation } from '#src/conversation/index.ts';
import type { Actor } from '#src/domain/actor.ts';
import { isFault } from '#src/domain/faults.ts';
import type { ReplyFile, Turn } from '#src/domain/reply.ts';
import type { Clock, Ids, Log, Store } from '#src/usecases/ports.ts';

/** What every Slack handler works with. */
export type Door = {
  readonly conversation: Conversation;
  readonly chat: SlackChat;
  readonly standings: Standings;
  readonly installation: Installation;
  readonly store: Pick<Store, 'claimOnce'>;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'reference'>;
  readonly log: Log;
  /** IANA zone of the times in answers. */
  readonly zone: string;
  /** After this long somebody who asked is told that it goes on. */
  readonly patienceMs: number;
};

/** Slack redelivers for minutes and signed requests stay valid for five; a day covers both with room to spare. */
const CLAIM_MS = 24 * 60 * 60 * 1000;

/** True for the first of several deliveries of the same thing, whichever instance gets it. */
export function isFirst(door: Door, source: string, key: string): Promise<boolean> {
  return door.store.claimOnce(source, key, door.clock.now() + CLAIM_MS);
}

/**
 * Names who is acting, with what Slack says about them now.
 *
 * Somebody from elsewhere keeps their own workspace, so that no link of ours can ever match them.
 *
 * @param forWrite - true for a click: then only a fresh answer of Slack counts
 */
export async function nameActor(
  door: Door,
  member: string,
  teams: readonly string[],
  forWrite: boolean,
): Promise<Actor> {
  const { team, enterprise } = door.installation;
  const foreign = teams.find((each) => each !== team && each !== enterprise);
  const standing = await door.standings.read(member, forWrite);
  return {
    platform: 'slack',
    workspace: foreign ?? enterprise ?? team,
    member,
    standing: standing === null || foreign === undefined ? standing : { ...standing, home: false, stranger: true },
  };
}

/** What a conversation remembers hangs on where it takes place and on who speaks. */
export function threadKey(door: Door, place: Place): string {
  return `slack:${door.installation.team}:${place.channel ?? 'none'}:${place.threadTs ?? 'main'}:${place.member}`;
}

/** A card in the forms that Slack may be sent. */
export function messageOf(card: Card): ChatMessage {
  const { text, blocks } = toBlockKit(card);
  return { text, blocks, simpler: toSimpleBlocks(card).blocks };
}

/**
 * What a turn is in Slack: its words, and before them its file, which goes to the member alone. A file that cannot be
 * posted is said and stops nothing.
 */
export async function messageOfTurn(door: Door, place: Place, { reply }: Turn): Promise<ChatMessage> {
  const card = render(reply, { zone: door.zone });
  if (reply.file === undefined) return messageOf(card);
  return messageOf(withFileNote(card, reply.file, await handOver(door, place, reply.file)));
}

async function handOver(door: Door, place: Place, file: ReplyFile): Promise<FileWent> {
  try {
    await door.chat.handOver(place, file);
    return { kind: place.direct ? 'here' : 'direct-message' };
  } catch (error) {
    door.log.error('a file could not be posted', { why: describe(error) });
    return { kind: isFault(error) && error.data.errorCode === 'missing_scope' ? 'not-allowed' : 'undelivered' };
  }
}

/** Says something on the door's own account; a failure to do so is only logged. */
export async function tellNotice(door: Door, place: Place, kind: Notice, reference = ''): Promise<void> {
  await quietly(door, () => door.chat.tell(place, messageOf(notice(kind, reference))));
}

/** Runs an effect whose failure nobody can be told about in Slack any more. */
export async function quietly(door: Door, effect: () => Promise<void>): Promise<void> {
  try {
    await effect();
  } catch (error) {
    door.log.error('could not answer in Slack', { why: describe(error) });
  }
}

/** Does the work of a handler; what goes wrong is logged under a reference that the person is told. */
export async function guarded(door: Door, place: Place, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reference = door.ids.reference();
    door.log.error('a Slack handler failed', { reference, why: describe(error) });
    await tellNotice(door, place, 'failed', reference);
  }
}

/** Name and place of an error without its data, which may hold what people wrote. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const at =
    error.stack
      ?.split('\n')
      .find((line) => line.includes('at '))
      ?.trim() ?? '';
  return `${error.name}: ${error.message.slice(0, 200)} ${at}`.trim();
}

/** Awaits work and, when it takes long, says so once meanwhile. */
export async function withPatience<T>(door: Door, work: Promise<T>, whileWaiting: () => Promise<void>): Promise<T> {
  let notice: Promise<void> = Promise.resolve();
  const timer = setTimeout(() => {
    notice = whileWaiting();
  }, door.patienceMs).unref();
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    // The notice, once begun, goes out before the answer; otherwise it could replace the answer.
    await notice;
  }
}
