import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { CHAIN_START } from './chain.ts';
import { type Columns, columnsOf, type Dialect } from './columns.ts';
import { due, records, seen, sharedState } from './migrations-work.ts';

/**
 * Every step of the schema, oldest first by name. A step that has been released is never edited: add another.
 *
 * Steps only go forward; going back means putting a backup in place.
 */
export function migrationsOf(dialect: Dialect): Record<string, Migration> {
  const columns = columnsOf(dialect);
  return {
    '0001-people': { up: (db) => people(db, columns) },
    '0002-changes': { up: (db) => changes(db, columns) },
    '0003-audit-chain': { up: (db) => audit(db, columns, dialect) },
    '0004-keepsakes': { up: (db) => keepsakes(db, columns) },
    '0005-records': { up: (db) => records(db, columns) },
    '0006-due': { up: (db) => due(db, columns) },
    '0007-seen': { up: (db) => seen(db, columns) },
    '0008-shared-state': { up: (db) => sharedState(db, columns) },
  };
}

async function people(db: Kysely<unknown>, { table, text, int8, bytes }: Columns): Promise<void> {
  await table(db, 'identity_link')
    .addColumn('platform', text, (c) => c.notNull())
    .addColumn('workspace', text, (c) => c.notNull())
    .addColumn('member', text, (c) => c.notNull())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('account', text, (c) => c.notNull())
    .addColumn('extension', text, (c) => c.notNull())
    .addColumn('proof', text, (c) => c.notNull())
    .addColumn('linked_at', int8, (c) => c.notNull())
    .addColumn('unlinked_at', int8)
    .addPrimaryKeyConstraint('identity_link_pk', ['platform', 'workspace', 'member'])
    .execute();
  await db.schema.createIndex('identity_link_extension').on('identity_link').column('extension').execute();
  await table(db, 'oauth_token')
    .addColumn('owner', text, (c) => c.notNull().primaryKey())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('key_id', text, (c) => c.notNull())
    .addColumn('nonce', bytes, (c) => c.notNull())
    .addColumn('ciphertext', bytes, (c) => c.notNull())
    .addColumn('expires_at', int8, (c) => c.notNull())
    .addColumn('refresh_expires_at', int8)
    .execute();
}

async function changes(db: Kysely<unknown>, columns: Columns): Promise<void> {
  await createDedupe(db, columns);
  await createPending(db, columns);
  await createThread(db, columns);
  await createLease(db, columns);
  await createIntent(db, columns);
}

async function createDedupe(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'dedupe')
    .addColumn('source', text, (c) => c.notNull())
    .addColumn('key', text, (c) => c.notNull())
    .addColumn('seen_at', int8, (c) => c.notNull())
    .addColumn('expires_at', int8, (c) => c.notNull())
    .addPrimaryKeyConstraint('dedupe_pk', ['source', 'key'])
    .execute();
  await db.schema.createIndex('dedupe_expires').on('dedupe').column('expires_at').execute();
}

async function createPending(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'pending')
    .addColumn('id', text, (c) => c.notNull().primaryKey())
    .addColumn('version', int8, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('state', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('created_at', int8, (c) => c.notNull())
    .addColumn('expires_at', int8, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('pending_expires').on('pending').column('expires_at').execute();
}

async function createThread(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'thread')
    .addColumn('thread', text, (c) => c.notNull())
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('expires_at', int8, (c) => c.notNull())
    .addPrimaryKeyConstraint('thread_pk', ['thread', 'owner'])
    .execute();
  await db.schema.createIndex('thread_expires').on('thread').column('expires_at').execute();
}

async function createLease(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'extension_lease')
    .addColumn('account', text, (c) => c.notNull())
    .addColumn('extension', text, (c) => c.notNull())
    .addColumn('holder', text, (c) => c.notNull())
    .addColumn('fence', int8, (c) => c.notNull())
    .addColumn('until', int8, (c) => c.notNull())
    .addPrimaryKeyConstraint('extension_lease_pk', ['account', 'extension'])
    .execute();
}

async function createIntent(db: Kysely<unknown>, { table, text, int8 }: Columns): Promise<void> {
  await table(db, 'intent')
    .addColumn('id', text, (c) => c.notNull().primaryKey())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('pending_id', text, (c) => c.notNull())
    .addColumn('account', text, (c) => c.notNull())
    .addColumn('extension', text, (c) => c.notNull())
    .addColumn('asker', text, (c) => c.notNull())
    .addColumn('reference', text, (c) => c.notNull())
    .addColumn('before_json', text, (c) => c.notNull())
    .addColumn('after_json', text, (c) => c.notNull())
    .addColumn('created_at', int8, (c) => c.notNull())
    .addColumn('undoes', text)
    .addColumn('outcome_json', text)
    .addColumn('settled_at', int8)
    .addColumn('effect', int8, (c) => c.notNull().defaultTo(0))
    .execute();
  for (const column of ['reference', 'extension', 'asker', 'pending_id', 'undoes'] as const) {
    await db.schema.createIndex(`intent_${column}`).on('intent').columns([column, 'created_at']).execute();
  }
  await db.schema
    .createIndex('intent_unsettled')
    .on('intent')
    .column('created_at')
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
}

async function audit(db: Kysely<unknown>, { table, keyed, text, int8 }: Columns, dialect: Dialect): Promise<void> {
  await table(db, 'audit')
    .addColumn('seq', int8, (c) => c.notNull().primaryKey())
    .addColumn('at', int8, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('subject', text)
    .addColumn('reference', text, (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('prev', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_reference').on('audit').column('reference').execute();
  await db.schema.createIndex('audit_actor').on('audit').columns(['actor', 'seq']).execute();
  await table(db, 'audit_head')
    .addColumn('id', int8, (c) => c.notNull().primaryKey())
    .addColumn('seq', int8, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .execute();
  await sql`insert into audit_head (id, seq, hash) values (1, 0, ${sql.lit(CHAIN_START)})`.execute(db);
  await keyed(db, 'about')
    .addColumn('trail', text, (c) => c.notNull())
    .addColumn('subject', text, (c) => c.notNull())
    .addColumn('seq', int8, (c) => c.notNull())
    .addPrimaryKeyConstraint('about_pk', ['trail', 'subject', 'seq'])
    .execute();
  for (const statement of appendOnly(dialect)) await sql.raw(statement).execute(db);
}

async function keepsakes(db: Kysely<unknown>, { table, text, int8, bytes }: Columns): Promise<void> {
  await table(db, 'keepsake')
    .addColumn('name', text, (c) => c.notNull().primaryKey())
    .addColumn('version', int8, (c) => c.notNull().defaultTo(1))
    .addColumn('body', bytes, (c) => c.notNull())
    .execute();
}

/** The one place with SQL of each dialect: neither has a common way to say that rows may only be added. */
function appendOnly(dialect: Dialect): readonly string[] {
  if (dialect === 'sqlite') {
    const refuse = `begin select raise(abort, 'audit is append-only'); end`;
    return [
      `create trigger audit_no_update before update on audit ${refuse}`,
      `create trigger audit_no_delete before delete on audit ${refuse}`,
      // "insert or replace" takes the old row out without asking the trigger on delete.
      `create trigger audit_no_replace before insert on audit when exists (select 1 from audit where seq = new.seq) ${refuse}`,
    ];
  }
  return [
    `create function audit_refuse() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$`,
    'create trigger audit_no_change before update or delete on audit for each row execute function audit_refuse()',
    'create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse()',
  ];
}
