import type { Lease, Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';

/** Lets one change at a time work on an extension. */
export function leasesOf({ write }: Handle): Store['lease'] {
  return async function lease(account, extension, holder, now, ttlMs): Promise<Lease | null> {
    const until = now + ttlMs;
    const row = await write((trx) =>
      trx
        .insertInto('extension_lease')
        .values({ account, extension, holder, fence: 1, until })
        .onConflict((conflict) =>
          conflict
            .columns(['account', 'extension'])
            .doUpdateSet((eb) => ({ holder, until, fence: eb('extension_lease.fence', '+', 1) }))
            .where('extension_lease.until', '<=', now),
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
    return { fence: row.fence, until, release: () => release(row.fence) };
  };
}
