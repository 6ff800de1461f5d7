import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '../domain/faults.ts';
import type { Log, NameIndex } from '../usecases/ports.ts';
import { type RoleShelf, SHELF_AGE_MS } from '../usecases/role-shelf.ts';

/** Twenty of the fifty calls that RingCentral allows the service account in a minute; people wait for the others. */
const BETWEEN_ROLES_MS = 3_000;
const AFTER_TROUBLE_MS = 30_000;

/**
 * Keeps the shelf of role contents stocked behind everything else, so that the first suggestion need not read every
 * role. Gives what stops it.
 */
export function keepShelf(shelf: RoleShelf, names: NameIndex, log: Log): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const wait = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);

  async function round(): Promise<number> {
    try {
      const { roles } = await names.current();
      const visible = roles.filter((role) => !role.hidden).map((role) => role.id);
      await shelf.stock(visible, () => wait(BETWEEN_ROLES_MS), signal);
      return SHELF_AGE_MS;
    } catch (error) {
      log.debug('roles could not be read ahead', { code: isFault(error) ? error.code : String(error) });
      return AFTER_TROUBLE_MS;
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) await wait(await round());
  }

  void run();
  // Nothing waits for the end of it: names that are still being read may take long.
  return async () => stop.abort();
}
