import { deliver } from '../delivery/deliver.ts';
import { issueResponseUrl, issueTrigger } from '../interactions.ts';
import { isObject, type Json, textOf } from '../json.ts';
import { answerInteraction } from '../response-url.ts';
import { composeText } from '../workspace/compose.ts';
import type { Channel, Member } from '../workspace/types.ts';
import type { World } from '../world.ts';
import { type ActResult, acknowledged, actorOf, isResult, placeOf, refused } from './act.ts';

/** A person types a slash command. */
export async function typeCommand(world: World, body: Json): Promise<ActResult> {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const channel = placeOf(world, body, member);
  if (isResult(channel)) return channel;
  const name = textOf(body.command) ?? world.manifest.commands[0]?.command ?? '';
  const command = world.manifest.commands.find((entry) => entry.command === name);
  const refusal = refuse(world, member, name, command !== undefined, body);
  if (refusal !== null || command === undefined) return refusal ?? refused('unknown_command');

  const text = composeText(
    world,
    typeof body.text === 'string' ? body.text : '',
    command.shouldEscape ? 'escaped-command' : 'plain-command',
  );
  const responseUrl = issueResponseUrl(world, 'commands', {
    channel: channel.id,
    user: member.id,
    source: null,
    threadTs: null,
  });
  const payload = commandPayload(world, { member, channel, command: name, text: text.trim(), responseUrl });
  const delivery = await deliver(world, 'slash_commands', name, payload);
  const result = acknowledged(delivery, `${name} failed because the app did not respond`);
  return result.ok ? { ...result, ...showAck(world, member, channel, delivery.ack) } : result;
}

function refuse(world: World, member: Member, name: string, known: boolean, body: Json): ActResult | null {
  if (!known) return refused('unknown_command', `${name} is not a valid command`);
  if (!world.installed || !world.scopes.includes('commands'))
    return refused('unknown_command', `${name} is not a valid command`);
  if (textOf(body.threadTs) !== undefined) return refused('not_in_threads', `${name} is not supported in threads`);
  // The app is installed in one workspace; people of another see its messages, but do not have its commands.
  if (member.teamId !== world.identity.teamId && body.force !== true) {
    return refused('unknown_command', `${name} is not a valid command in your workspace`);
  }
  return null;
}

type Spoken = { member: Member; channel: Channel; command: string; text: string; responseUrl: string };

function commandPayload(world: World, { member, channel, command, text, responseUrl }: Spoken): Json {
  const { identity } = world;
  return {
    token: identity.verificationToken,
    team_id: member.teamId,
    team_domain: member.teamId === identity.teamId ? identity.teamDomain : 'partner',
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: member.id,
    user_name: member.handle,
    command,
    text,
    api_app_id: identity.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: issueTrigger(world, member.id),
  };
}

/** An acknowledgement may carry a message, shown to the asker alone unless it says otherwise. */
function showAck(world: World, member: Member, channel: Channel, ack: unknown): Json {
  if (!isObject(ack) || (ack.text === undefined && ack.blocks === undefined)) return {};
  const address = {
    key: '',
    channel: channel.id,
    user: member.id,
    issuedAt: world.clock.now(),
    uses: 0,
    source: null,
    threadTs: null,
  };
  const problem = answerInteraction(world, address, ack);
  return problem === null ? {} : { ok: false, error: problem };
}
