import type { App } from '@slack/bolt';
import type { Place } from '#src/adapters/slack-chat/index.ts';
import { render } from '#src/cards/index.ts';
import type { Button, RefusalReason, Reply, Turn } from '#src/domain/reply.ts';
import { acknowledge } from './acknowledge.ts';
import {
  type Door,
  guarded,
  isFirst,
  messageOf,
  messageOfTurn,
  nameActor,
  quietly,
  tellNotice,
  threadKey,
  withPatience,
} from './door.ts';
import { Click, OUR_ACTION, parseButton } from './payloads.ts';

/** Confirm, cancel and choose. */
export function onButtons(app: App, door: Door): void {
  const pressed = new Set<string>();
  app.action(OUR_ACTION, async ({ ack, body, context }) => {
    await acknowledge(ack, context, door.log);
    const parsed = Click.safeParse(body);
    if (!parsed.success) return door.log.warn('an unreadable click was dropped');
    const place = placeOf(parsed.data);
    await guarded(door, place, async () => {
      if (!(await isFirst(door, 'slack-trigger', parsed.data.trigger_id))) return;
      await click(door, place, parsed.data, pressed);
    });
  });
}

async function click(door: Door, place: Place, payload: Click, pressed: Set<string>): Promise<void> {
  const [action] = payload.actions;
  const button = action === undefined ? null : parseButton(action.action_id, action.value);
  if (button === null) return tellNotice(door, place, 'unreadable-button');
  const question = `${button.id}:${button.version}`;
  if (pressed.has(question)) return tellNotice(door, place, 'already-working');
  pressed.add(question);
  try {
    await press(door, place, button, teamsOf(payload));
  } finally {
    pressed.delete(question);
  }
}

async function press(door: Door, place: Place, button: Button, teams: readonly string[]): Promise<void> {
  // Only the first click on a question may show progress in its place: a later one could cover the result.
  const mayShow = !staysInUse(button) && (await isFirst(door, 'slack-press', `${button.id}:${button.version}`));
  const decided = decide(door, place, button, teams).then(async (turn) => {
    return { turn, message: await messageOfTurn(door, place, turn) };
  });
  const { turn, message } = await withPatience(door, decided, async () => {
    if (mayShow) await quietly(door, () => door.chat.replace(place, messageOf(render(WORKING))));
  });
  await (keepsItsPlace(button, turn) ? door.chat.tell(place, message) : door.chat.replace(place, message));
}

async function decide(door: Door, place: Place, button: Button, teams: readonly string[]): Promise<Turn> {
  const actor = await nameActor(door, place.member, teams, true);
  return door.conversation.press({ actor, button, thread: threadKey(door, place) });
}

/** Buttons of warnings and alerts: a "no" to one member leaves them for others, and for another try. */
const OF_GRANTS: readonly Button['action'][] = ['extend-grant', 'end-grant', 'retry-end'];

function staysInUse({ action }: Button): boolean {
  return action === 'undo' || action === 'retry' || OF_GRANTS.includes(action);
}

const LATE: readonly RefusalReason['kind'][] = ['already-settled', 'not-yours', 'bulk-over'];

/**
 * Somebody who is late or not asked gets a note of their own; what the question became stays where it is. So does what
 * was done: undoing it, or trying the rest of it again, is a change of its own.
 */
function keepsItsPlace({ action }: Button, { reply }: Turn): boolean {
  if (action === 'undo' || action === 'retry') return true;
  if (reply.saying.kind !== 'refused') return false;
  if (OF_GRANTS.includes(action)) return true;
  return LATE.includes(reply.saying.reason.kind);
}

const WORKING: Reply = {
  saying: { kind: 'working', people: 1 },
  outcome: 'answered',
  verdict: null,
  readings: [],
  asOf: null,
  proof: null,
  reference: '',
};

function placeOf({ user, channel, container, message, response_url }: Click): Place {
  const where = channel?.id ?? container?.channel_id ?? null;
  const ephemeral = container?.is_ephemeral === true;
  return {
    member: user.id,
    channel: where,
    threadTs: container?.thread_ts ?? message?.thread_ts ?? null,
    direct: where?.startsWith('D') ?? false,
    responseUrl: response_url ?? null,
    messageTs: ephemeral ? null : (container?.message_ts ?? null),
  };
}

function teamsOf({ user, team }: Click): string[] {
  return [user.team_id ?? team?.id].filter((each) => typeof each === 'string');
}
