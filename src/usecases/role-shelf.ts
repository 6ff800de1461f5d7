import { isFault } from '../domain/faults.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Role, RoleSummary } from '../domain/roles.ts';
import { orWithheld } from './fresh-facts.ts';
import { inParallel } from './in-parallel.ts';
import type { Call, Clock, RoleDirectory } from './ports.ts';

/** Contents of roles with the age of the oldest; epoch milliseconds. */
type Shelved = { readonly roles: readonly Role[]; readonly asOf: number };

/** Contents of roles as far as they could be had; `missing` could not be read just now. */
type Glimpse = { readonly roles: readonly Role[]; readonly missing: readonly RoleId[] };

/** What roles hold, remembered for a while: for suggestions and explanations, never for a right. */
export type RoleShelf = {
  /** Contents for suggestions, as far as they are to be had without taking calls from people who wait. */
  glance(ids: readonly RoleId[]): Promise<Glimpse>;
  /** Contents for an answer: none is missing unless RingCentral withholds it. */
  look(ids: readonly RoleId[]): Promise<Shelved>;
  /** The account's default role, to tell one that came by default from one that was given; null when not to be had. */
  defaultRole(): Promise<RoleSummary | null>;
  /** Reads what is old or missing, one role after the other, `pause` between them, behind everything else. */
  stock(ids: readonly RoleId[], pause: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Somebody changed what the role holds. */
  forget(id: RoleId): void;
  /** All that it holds, for the next process. */
  holdings(): readonly Kept<Role>[];
};

/** A suggestion may lag behind an edited role by this much. */
export const SHELF_AGE_MS = 10 * 60_000;
/** A glance takes what is older than that too, but not a role of yesterday. */
const OLDEST_MS = 60 * 60_000;
/** Roles that one glance reads; an account may have hundreds, which stocking reads in its own time. */
const GLANCE_READS = 20;
const BEHIND: Call = { urgency: 'background', maxWaitMs: 2_000 };

type Kept<Value> = { readonly value: Value; readonly readAt: number };

/** Makes a shelf, filled with the calls of `directory`; `before` is what an earlier process left. */
export function createRoleShelf(
  directory: Pick<RoleDirectory, 'readRole' | 'readDefaultRole'>,
  clock: Clock,
  before: readonly Kept<Role>[] = [],
): RoleShelf {
  const shelf = new Map<RoleId, Kept<Role | null>>(before.map((each) => [each.value.id, each]));
  let byDefault: Kept<RoleSummary> | null = null;

  /** The role as it was read; its value is null where RingCentral withheld it. */
  function kept(id: RoleId, maxAgeMs: number): Kept<Role | null> | null {
    const found = shelf.get(id);
    return found !== undefined && isYoung(found, maxAgeMs) ? found : null;
  }

  function isYoung({ readAt }: Kept<unknown>, maxAgeMs: number): boolean {
    // What claims to be of the future was left by a clock that was set back since: its age is unknown.
    return readAt <= clock.now() && clock.now() - readAt < maxAgeMs;
  }

  async function read(id: RoleId, call?: Call): Promise<Kept<Role | null>> {
    const readAt = clock.now();
    const fresh = { value: await orWithheld(directory.readRole(id, call)), readAt };
    shelf.set(id, fresh);
    return fresh;
  }

  return {
    async glance(ids) {
      const old = ids.filter((id) => kept(id, SHELF_AGE_MS) === null).slice(0, GLANCE_READS);
      await inParallel(old, (id) => orNothing(read(id, BEHIND)));
      return {
        roles: ids.flatMap((id) => kept(id, OLDEST_MS)?.value ?? []),
        missing: ids.filter((id) => kept(id, OLDEST_MS) === null),
      };
    },
    async look(ids) {
      const found = await inParallel(ids, async (id) => kept(id, SHELF_AGE_MS) ?? (await read(id)));
      return {
        roles: found.flatMap((each) => each.value ?? []),
        asOf: Math.min(clock.now(), ...found.map((each) => each.readAt)),
      };
    },
    async defaultRole() {
      if (byDefault === null || !isYoung(byDefault, SHELF_AGE_MS)) {
        const role = await orNothing(directory.readDefaultRole(BEHIND));
        if (role !== null) byDefault = { value: role, readAt: clock.now() };
      }
      return byDefault?.value ?? null;
    },
    forget(id) {
      shelf.delete(id);
      byDefault = null;
    },
    holdings: () => [...shelf.values()].flatMap(({ value, readAt }) => (value === null ? [] : [{ value, readAt }])),
    async stock(ids, pause, signal) {
      for (const id of ids) {
        if (signal.aborted) return;
        if (kept(id, SHELF_AGE_MS) !== null) continue;
        await orNothing(read(id, { urgency: 'background', signal }));
        await pause();
      }
    },
  };
}

/** A suggestion that cannot be had now is left out; it is no reason to fail what was asked. */
async function orNothing<Value>(reading: Promise<Value | null>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}
