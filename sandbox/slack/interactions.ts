import type { Json } from './json.ts';
import type { Member } from './workspace/types.ts';
import type { ResponseUrl, World } from './world.ts';

const KEPT = 5000;

/** A trigger opens one modal and lives this long. */
export const TRIGGER_LIVES_MS = 3000;
/** An answer address works this long. */
export const RESPONSE_URL_LIVES_MS = 30 * 60_000;
/** An answer address works this often. */
export const RESPONSE_URL_USES = 5;

/** Issues a trigger for a person's gesture. */
export function issueTrigger(world: World, user: string): string {
  forgetOld(world.triggers, world.clock.now() - TRIGGER_LIVES_MS);
  const id = `${world.clock.now()}.${world.ids.fixed('trigger', 6)}.${world.ids.hex(32)}`;
  world.triggers.set(id, { id, user, issuedAt: world.clock.now(), used: false });
  return id;
}

/** Issues an answer address for an interaction. */
export function issueResponseUrl(
  world: World,
  kind: 'commands' | 'actions',
  entry: Omit<ResponseUrl, 'key' | 'issuedAt' | 'uses'>,
): string {
  forgetOld(world.responseUrls, world.clock.now() - RESPONSE_URL_LIVES_MS);
  const key = `${kind}/${world.identity.teamId}/${world.clock.now()}/${world.ids.code(24)}`;
  world.responseUrls.set(key, { ...entry, key, issuedAt: world.clock.now(), uses: 0 });
  return `${world.origin}/${key}`;
}

/** Forgets what ended long ago, so that a sandbox under load does not grow; the newest thousands are kept to tell expired from unknown. */
function forgetOld(entries: Map<string, { readonly issuedAt: number }>, endedAt: number): void {
  if (entries.size < KEPT) return;
  // Entries stand in the order of their issue: the first that still lives ends the search.
  for (const [key, { issuedAt }] of entries) {
    if (issuedAt >= endedAt) return;
    entries.delete(key);
  }
}

/** The fields that every interaction payload carries. */
export function interactionBase(world: World, type: string, member: Member): Json {
  const { identity } = world;
  return {
    type,
    user: { id: member.id, username: member.handle, name: member.handle, team_id: member.teamId },
    api_app_id: identity.appId,
    token: identity.verificationToken,
    team: { id: identity.teamId, domain: identity.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
  };
}
