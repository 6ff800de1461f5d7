import type { SharedState } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';

/** Documents under a lock of their row, so that each change sees the one before. */
export function sharedStateOf({ write, clock, instant }: Handle): SharedState {
  return {
    change: (name, change) =>
      write(async (trx) => {
        const row = await trx
          .insertInto('shared_state')
          .values({ name })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((eb) => ({ version: eb('shared_state.version', '+', 1) })),
          )
          .returning(['body', instant(clock.now()).as('now')])
          .executeTakeFirstOrThrow();
        const { body, result } = change(row.body === '' ? null : row.body, row.now);
        await trx.updateTable('shared_state').set({ body }).where('name', '=', name).execute();
        return result;
      }),
  };
}
