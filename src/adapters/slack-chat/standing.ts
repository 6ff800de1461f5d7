import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { MemberStanding } from '../../domain/actor.ts';
import type { Clock, Log } from '../../usecases/ports.ts';
import type { Installation } from './client.ts';
import { slackTrouble } from './faults.ts';

const flag = z.boolean().optional();

/** `users.info` as far as it says who somebody is. The e-mail address is not read: it proves nothing. */
const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: flag,
  is_bot: flag,
  is_app_user: flag,
  is_workflow_bot: flag,
  is_connector_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  is_email_confirmed: flag,
  name: z.string().optional(),
  real_name: z.string().optional(),
  enterprise_user: z.object({ enterprise_id: z.string().optional(), teams: z.array(z.string()).optional() }).optional(),
  profile: z.object({ display_name: z.string().optional() }).optional(),
});

type SlackUser = z.infer<typeof User>;

/** How long a standing may stand in for a fresh one, when Slack limits us and nothing is written. */
const STALE_MS = 60_000;
const STALE_ENTRIES = 5000;

/** Reads what Slack says about members. */
export type Standings = {
  /**
   * @param forWrite - true when a change hangs on it: then only a fresh answer counts
   * @returns null when it could not be read, which never allows anything
   */
  read(member: string, forWrite: boolean): Promise<MemberStanding | null>;
};

/**
 * Reads the standing of members from `users.info`, afresh each time.
 *
 * While Slack limits the calls, a question (never a click) may rest on what was read within the last minute.
 */
export function createStandings(
  client: webApi.WebClient,
  installation: Installation,
  clock: Clock,
  log: Log,
): Standings {
  const known = new Map<string, { standing: MemberStanding; readAt: number }>();
  const flying = new Map<string, Promise<MemberStanding | null>>();
  let limitedUntil = 0;

  async function fetchStanding(member: string): Promise<MemberStanding | null> {
    const answer = await client.users.info({ user: member });
    const user = User.safeParse(answer.user);
    const standing = user.success && user.data.id === member ? toStanding(user.data, installation) : null;
    if (standing !== null) remember(known, member, { standing, readAt: clock.now() });
    return standing;
  }

  async function fallBack(member: string, forWrite: boolean, error: unknown): Promise<MemberStanding | null> {
    const trouble = slackTrouble(error);
    log.warn('users.info failed', { trouble: trouble?.kind ?? 'bug', member });
    if (trouble?.kind === 'limited') limitedUntil = clock.now() + trouble.retryAfterMs;
    return trouble === null || trouble.kind === 'refused' || forWrite ? null : recent(member);
  }

  function recent(member: string): MemberStanding | null {
    const last = known.get(member);
    return last !== undefined && clock.now() - last.readAt <= STALE_MS ? last.standing : null;
  }

  return {
    async read(member, forWrite) {
      const waiting = !forWrite && clock.now() < limitedUntil ? recent(member) : null;
      if (waiting !== null) return waiting;
      const flight = (!forWrite && flying.get(member)) || fetchStanding(member);
      if (!forWrite) flying.set(member, flight);
      try {
        return await flight;
      } catch (error) {
        return await fallBack(member, forWrite, error);
      } finally {
        if (flying.get(member) === flight) flying.delete(member);
      }
    },
  };
}

function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > STALE_ENTRIES && oldest !== undefined) map.delete(oldest);
}

/** Reads the flags so that an absent one counts as unsafe. */
export function toStanding(user: SlackUser, installation: Pick<Installation, 'team' | 'enterprise'>): MemberStanding {
  return {
    home: isHome(user, installation),
    deleted: user.deleted !== false,
    // The first flag is on every member; the others appear only where they are true.
    bot:
      user.is_bot !== false ||
      user.is_app_user === true ||
      user.is_workflow_bot === true ||
      user.is_connector_bot === true,
    guest: user.is_restricted !== false || user.is_ultra_restricted !== false,
    stranger: user.is_stranger === true,
    emailConfirmed: user.is_email_confirmed === true,
    displayName: user.profile?.display_name || user.real_name || user.name || user.id,
  };
}

function isHome(user: SlackUser, { team, enterprise }: Pick<Installation, 'team' | 'enterprise'>): boolean {
  if (user.team_id === team) return true;
  if (enterprise === null) return false;
  return user.enterprise_user?.enterprise_id === enterprise && (user.enterprise_user.teams ?? []).includes(team);
}
