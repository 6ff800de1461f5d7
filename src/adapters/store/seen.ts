import type { Store } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import { asStored, listTrail, noteSubjects } from './trails.ts';

/** Who saw what about others. */
export function seenOf(handle: Handle): Store['seen'] {
  const { write } = handle;
  return {
    append: (entry) =>
      write(async (trx) => {
        const { seq } = await trx
          .updateTable('seen_head')
          .set((eb) => ({ seq: eb('seq', '+', 1) }))
          .where('id', '=', 1)
          .returning('seq')
          .executeTakeFirstOrThrow();
        const stored = asStored(entry, seq);
        await trx.insertInto('seen').values(stored).execute();
        await noteSubjects(trx, 'seen', [stored]);
      }),
    list: (query) => listTrail(handle, 'seen', query),
    purge: (before) =>
      write(async (trx) => {
        const old = trx.selectFrom('seen').select('seq').where('at', '<', before);
        await trx.deleteFrom('about').where('trail', '=', 'seen').where('seq', 'in', old).execute();
        const { numDeletedRows } = await trx.deleteFrom('seen').where('at', '<', before).executeTakeFirstOrThrow();
        return Number(numDeletedRows);
      }),
  };
}
