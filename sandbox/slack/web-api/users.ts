import { type Json, textOf } from '../json.ts';
import { memberJson } from '../workspace/member-json.ts';
import type { World } from '../world.ts';
import { done, failed, type Method, type MethodAnswer } from './method.ts';
import { page } from './paging.ts';

/** Methods about members. */
export const USER_METHODS: readonly Method[] = [
  { name: 'users.info', scopes: ['users:read'], token: 'bot', tier: 'tier4', run: info },
  { name: 'users.lookupByEmail', scopes: ['users:read.email'], token: 'bot', tier: 'tier3', run: lookup },
  { name: 'users.list', scopes: ['users:read'], token: 'bot', tier: 'tier2', run: list },
];

function info(world: World, args: Json): MethodAnswer {
  const member = world.members.get(textOf(args.user) ?? '');
  return member === undefined ? failed('user_not_found') : done({ user: memberJson(world, member) });
}

function lookup(world: World, args: Json): MethodAnswer {
  const wanted = textOf(args.email)?.toLowerCase();
  if (wanted === undefined) return failed('invalid_arguments');
  // Strangers and deleted members are not found this way.
  const member = [...world.members.values()].find(
    (entry) => !entry.deleted && !entry.isStranger && entry.email?.toLowerCase() === wanted,
  );
  return member === undefined ? failed('users_not_found') : done({ user: memberJson(world, member) });
}

function list(world: World, args: Json): MethodAnswer {
  const own = [...world.members.values()].filter((member) => !member.isStranger);
  const { entries, cursor } = page(own, args, own.length, 1000);
  return done({
    members: entries.map((member) => memberJson(world, member)),
    cache_ts: Math.floor(world.clock.now() / 1000),
    response_metadata: { next_cursor: cursor },
  });
}
