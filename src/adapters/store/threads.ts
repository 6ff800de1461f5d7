import type { Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import { storable } from './text.ts';

/** What a thread was last about, for each person in it. */
export function threadsOf({ read, write, clock }: Handle): Store['threads'] {
  return {
    async load(thread, owner) {
      const row = await read((db) =>
        db
          .selectFrom('thread')
          .select('body')
          .where('thread', '=', storable(thread))
          .where('owner', '=', owner)
          .where('expires_at', '>', clock.now())
          .executeTakeFirst(),
      );
      return row?.body ?? null;
    },
    save(thread, owner, body, expiresAt) {
      const facts = { body: storable(body), expires_at: expiresAt };
      return write(async (trx) => {
        await trx.deleteFrom('thread').where('expires_at', '<=', clock.now()).execute();
        await trx
          .insertInto('thread')
          .values({ thread: storable(thread), owner, ...facts })
          .onConflict((conflict) =>
            conflict
              .columns(['thread', 'owner'])
              .doUpdateSet((eb) => ({ ...facts, version: eb('thread.version', '+', 1) })),
          )
          .execute();
      });
    },
  };
}
