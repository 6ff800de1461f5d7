import type { Selectable, Transaction } from 'kysely';
import type { NewRecord, RecordFacts, RecordQuery, Store, StoreChange, StoredRecord } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import type { Tables } from './schema.ts';
import { storable } from './text.ts';

type Move = Extract<StoreChange, { write: 'record.move' }>;

/** Documents of use cases, found by the few facts they carry outside. */
export function recordsOf({ read }: Handle): Store['records'] {
  return {
    async load(kind, id) {
      const row = await read((db) =>
        db.selectFrom('stored_record').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst(),
      );
      return row ? asRecord(row) : null;
    },
    async find(query) {
      // An empty list cannot be said in SQL.
      if (query.states?.length === 0) return [];
      return (await read((db) => found(db, query).execute())).map(asRecord);
    },
  };
}

function found(db: Parameters<Parameters<Handle['read']>[0]>[0], query: RecordQuery) {
  const { kind, states, owner, subject, ref, endsBefore, before, limit } = query;
  let some = db.selectFrom('stored_record').selectAll().where('kind', '=', kind);
  if (states !== undefined) some = some.where('state', 'in', states);
  if (owner !== undefined) some = some.where('owner', '=', owner);
  if (subject !== undefined) some = some.where('subject', '=', subject);
  if (ref !== undefined) some = some.where('ref', '=', ref);
  if (endsBefore !== undefined) some = some.where('ends_at', '<', endsBefore);
  if (before !== undefined) {
    some = some.where((eb) =>
      eb.or([
        eb('created_at', '<', before.createdAt),
        eb.and([eb('created_at', '=', before.createdAt), eb('id', '<', before.id)]),
      ]),
    );
  }
  return some
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.max(0, Math.trunc(limit)));
}

/** Adds a record; false when the id is taken. */
export async function insertRecord(trx: Transaction<Tables>, record: NewRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('stored_record')
    .values({ ...columns(record), kind: record.kind, id: record.id, version: 1, created_at: record.createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Moves a record that still has the version it was read with; false otherwise. */
export async function moveRecord(trx: Transaction<Tables>, { record, to }: Move): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('stored_record')
    .set({ ...columns(to), version: record.version + 1 })
    .where('kind', '=', record.kind)
    .where('id', '=', record.id)
    .where('version', '=', record.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

type Facts = Pick<Tables['stored_record'], 'state' | 'owner' | 'subject' | 'ref' | 'ends_at' | 'body'>;

function columns(facts: RecordFacts): Facts;
function columns(facts: Partial<RecordFacts>): Partial<Facts>;
function columns({ state, owner, subject, ref, endsAt, body }: Partial<RecordFacts>): Partial<Facts> {
  return {
    ...(state === undefined ? {} : { state }),
    ...(owner === undefined ? {} : { owner }),
    ...(subject === undefined ? {} : { subject }),
    ...(ref === undefined ? {} : { ref }),
    ...(endsAt === undefined ? {} : { ends_at: endsAt }),
    ...(body === undefined ? {} : { body: storable(body) }),
  };
}

function asRecord(row: Selectable<Tables['stored_record']>): StoredRecord {
  const { created_at: createdAt, ends_at: endsAt, ...same } = row;
  return { ...same, createdAt, endsAt };
}
