import type { Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import { storable } from './text.ts';

/** Lets the first of several deliveries through. What has run out is swept on the way. */
export function claimsOf({ write, clock }: Handle): Store['claimOnce'] {
  return function claimOnce(source, key, expiresAt) {
    return write(async (trx) => {
      const now = clock.now();
      await trx.deleteFrom('dedupe').where('expires_at', '<=', now).execute();
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('dedupe')
        .values({ source: storable(source), key: storable(key), seen_at: now, expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    });
  };
}
