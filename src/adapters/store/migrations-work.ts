import { type Kysely, sql } from 'kysely';
import type { Columns } from './columns.ts';

/** Step of the schema: documents of use cases. */
export async function records(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'stored_record')
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('id', text, (c) => c.notNull())
    .addColumn('version', int8, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('owner', text)
    .addColumn('subject', text)
    .addColumn('ref', text)
    .addColumn('created_at', int8, (c) => c.notNull())
    .addColumn('ends_at', int8)
    .addColumn('body', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('stored_record_pk', ['kind', 'id'])
    .execute();
  const found = { state: ['kind', 'state'], subject: ['kind', 'subject'], owner: ['kind', 'owner'] };
  for (const [name, by] of Object.entries(found)) {
    await db.schema
      .createIndex(`stored_record_${name}`)
      .on('stored_record')
      .columns([...by, 'created_at'])
      .execute();
  }
  await db.schema
    .createIndex('stored_record_ref')
    .on('stored_record')
    .columns(['kind', 'ref', 'created_at'])
    .where(sql.ref('ref'), 'is not', null)
    .execute();
}

/** Step of the schema: what is to be looked at in time. Only what waits is in the index that claims read. */
export async function due(db: Kysely<unknown>, { keyed, text, int8 }: Columns): Promise<void> {
  await keyed(db, 'due')
    .addColumn('id', text, (c) => c.notNull().primaryKey())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('ref', text, (c) => c.notNull())
    .addColumn('due_at', int8, (c) => c.notNull())
    .addColumn('next_at', int8, (c) => c.notNull())
    .addColumn('fence', int8, (c) => c.notNull())
    .addColumn('attempts', int8, (c) => c.notNull())
    .addColumn('lease_by', text)
    .addColumn('last_error', text)
    .addColumn('done_at', int8)
    .addColumn('parked_at', int8)
    .execute();
  await db.schema
    .createIndex('due_waiting')
    .on('due')
    .columns(['next_at', 'kind'])
    .where(sql.ref('done_at'), 'is', null)
    .where(sql.ref('parked_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('due_done')
    .on('due')
    .column('done_at')
    .where(sql.ref('done_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('due_parked')
    .on('due')
    .column('parked_at')
    .where(sql.ref('parked_at'), 'is not', null)
    .execute();
}

/** Step of the schema: who saw what. Its numbers come from a row of its own, as old entries are removed. */
export async function seen(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'seen')
    .addColumn('seq', int8, (c) => c.notNull().primaryKey())
    .addColumn('at', int8, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('subject', text)
    .addColumn('reference', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('seen_at').on('seen').column('at').execute();
  await db.schema.createIndex('seen_actor').on('seen').columns(['actor', 'seq']).execute();
  await table(db, 'seen_head')
    .addColumn('id', int8, (c) => c.notNull().primaryKey())
    .addColumn('seq', int8, (c) => c.notNull())
    .execute();
  await sql`insert into seen_head (id, seq) values (1, 0)`.execute(db);
}

/** Step of the schema: small documents that instances change in turn. */
export async function sharedState(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'shared_state')
    .addColumn('name', text, (c) => c.notNull().primaryKey())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('body', text, (c) => c.notNull().defaultTo(''))
    .execute();
}
