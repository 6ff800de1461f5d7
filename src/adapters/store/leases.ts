import type { Lease, Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';

/** Which kind of process holds a lease: a file bears one service, and beside it any number of short commands. */
type Kind = 'service' | 'command';

/** Lets one change at a time work on an extension. */
export function leasesOf({ write, instant }: Handle, kind: Kind): Store['lease'] {
  return async function lease(account, extension, name, now, ttlMs): Promise<Lease | null> {
    const until = instant(now, ttlMs);
    const holder = `${kind}:${name}`;
    const row = await write((trx) =>
      trx
        .insertInto('extension_lease')
        .values({ account, extension, holder, fence: 1, until })
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'extension'])
            .doUpdateSet((eb) => ({ holder, until, fence: eb('extension_lease.fence', '+', 1) }))
            .where('extension_lease.until', '<=', instant(now)),
        )
        .returning('fence')
        .executeTakeFirst(),
    );
    if (!row) return null;

    /** Only what is still ours: after running out, the extension may be somebody else's. */
    async function release(fence: number): Promise<void> {
      await write((trx) =>
        trx
          .updateTable('extension_lease')
          .set({ until: 0 })
          .where('account', '=', account)
          .where('extension', '=', extension)
          .where('fence', '=', fence)
          .execute(),
      );
    }
    return { fence: row.fence, until: now + ttlMs, release: () => release(row.fence) };
  };
}

/**
 * Frees what an earlier service held when it was cut off. Only for a service that has the instance lock: that proves the
 * earlier one gone, so its leases need not run out first. Those of commands stay, as one may be at work right now.
 */
export async function freeServiceLeases({ write }: Handle): Promise<void> {
  await write((trx) =>
    trx.updateTable('extension_lease').set({ until: 0 }).where('holder', 'like', 'service:%').execute(),
  );
}
