import type { World } from '../world.ts';

/** Slack's rate tiers by name; `posting` is one message a second and channel, `none` is not limited. */
export type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'posting' | 'none';

/** Calls a minute and how many may come at once, per method, workspace and app. Bursts are Slack's to define: these are ours. */
const TIERS: Readonly<Record<Exclude<Tier, 'posting' | 'none'>, { perMinute: number; burst: number }>> = {
  tier1: { perMinute: 1, burst: 10 },
  tier2: { perMinute: 20, burst: 20 },
  tier3: { perMinute: 50, burst: 50 },
  tier4: { perMinute: 100, burst: 100 },
};
const PER_CHANNEL = { perMinute: 60, burst: 10 };
const PER_WORKSPACE = { perMinute: 300, burst: 100 };

/**
 * Takes one call out of the method's budget.
 *
 * @param channel - with `posting`: where to
 * @returns seconds to wait, or null when the call may pass
 */
export function takeBudget(world: World, method: string, tier: Tier, channel: string | null): number | null {
  if (!world.switches.rateLimits || tier === 'none') return null;
  if (tier !== 'posting') return take(world, method, TIERS[tier]);
  return take(world, `${method}:${channel ?? ''}`, PER_CHANNEL) ?? take(world, `${method}:*`, PER_WORKSPACE);
}

function take(world: World, key: string, rate: { perMinute: number; burst: number }): number | null {
  const now = world.clock.now();
  const known = world.budgets.get(key) ?? { left: rate.burst, at: now };
  const left = Math.min(rate.burst, known.left + ((now - known.at) / 60_000) * rate.perMinute);
  if (left < 1) {
    world.budgets.set(key, { left, at: now });
    return Math.ceil(((1 - left) * 60) / rate.perMinute);
  }
  world.budgets.set(key, { left: left - 1, at: now });
  return null;
}
