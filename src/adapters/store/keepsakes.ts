import type { Keepsakes } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';

/** Bytes by name, as they were given: whoever leaves a secret seals it first. */
export function keepsakesOf({ read, write }: Handle): Keepsakes {
  return {
    async load(name) {
      const row = await read((db) =>
        db.selectFrom('keepsake').select('body').where('name', '=', name).executeTakeFirst(),
      );
      return row?.body ?? null;
    },
    async save(name, body) {
      await write((trx) =>
        trx
          .insertInto('keepsake')
          .values({ name, body })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((eb) => ({ body, version: eb('keepsake.version', '+', 1) })),
          )
          .execute(),
      );
    },
    async drop(name) {
      await write((trx) => trx.deleteFrom('keepsake').where('name', '=', name).execute());
    },
  };
}
