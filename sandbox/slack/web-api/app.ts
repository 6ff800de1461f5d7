import type { Json } from '../json.ts';
import type { World } from '../world.ts';
import { done, failed, type Method, type MethodAnswer } from './method.ts';

/** Methods about the app itself, its token and its workspace. */
export const APP_METHODS: readonly Method[] = [
  { name: 'api.test', scopes: [], token: 'bot', tier: 'none', run: test },
  { name: 'auth.test', scopes: [], token: 'bot', tier: 'none', run: authTest },
  { name: 'apps.connections.open', scopes: [], token: 'app', tier: 'tier1', run: openConnection },
  { name: 'team.info', scopes: ['team:read'], token: 'bot', tier: 'tier3', run: teamInfo },
  { name: 'bots.info', scopes: ['users:read'], token: 'bot', tier: 'tier3', run: botsInfo },
];

function test(_world: World, args: Json): MethodAnswer {
  return typeof args.error === 'string' ? failed(args.error, { args }) : done({ args });
}

function authTest(world: World): MethodAnswer {
  const { identity, manifest } = world;
  return done({
    url: `https://${identity.teamDomain}.slack.example/`,
    team: identity.teamName,
    user: manifest.botName,
    team_id: identity.teamId,
    user_id: identity.botUserId,
    bot_id: identity.botId,
    is_enterprise_install: false,
  });
}

function openConnection(world: World): MethodAnswer {
  const { door } = world;
  if (!('invite' in door) || typeof door.invite !== 'function') return failed('socket_mode_not_enabled');
  return done({ url: String(door.invite()) });
}

function teamInfo(world: World, args: Json): MethodAnswer {
  const { teamId, teamName, teamDomain, emailDomain } = world.identity;
  if (args.team !== undefined && args.team !== teamId) return failed('team_not_found');
  return done({
    team: { id: teamId, name: teamName, domain: teamDomain, email_domain: emailDomain, is_verified: false },
  });
}

function botsInfo(world: World, args: Json): MethodAnswer {
  const wanted = typeof args.bot === 'string' ? args.bot : world.identity.botId;
  const member = [...world.members.values()].find((entry) => entry.botId === wanted);
  if (member === undefined) return failed('bot_not_found');
  return done({
    bot: {
      id: wanted,
      deleted: member.deleted,
      name: member.realName,
      updated: Math.floor(member.updatedAt / 1000),
      app_id: member.appId,
      user_id: member.id,
    },
  });
}
