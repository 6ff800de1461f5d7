/** A process of its own that works on a store, for tests that kill it or run several. */
import { createInterface } from 'node:readline';
import type { Kysely } from 'kysely';
import { connect } from '#src/adapters/store/connect.ts';
import { migrate } from '#src/adapters/store/migrate.ts';
import { migrationsOf } from '#src/adapters/store/migrations.ts';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { openStore } from '#src/adapters/store/open-store.ts';
import { fileAt } from '#src/adapters/store/place.ts';
import { sqliteEngine } from '#src/adapters/store/sqlite-engine.ts';
import { isFault } from '#src/domain/faults.ts';
import type { Store } from '#src/usecases/ports.ts';
import { entry, intent } from './values.ts';

const [task = '', directory = '', name = ''] = process.argv.slice(2);
const clock = { now: () => 1_000_000 };

function open(exclusive: boolean): Promise<Store> {
  const spot = directory.startsWith('postgresql:')
    ? { directory: null, databaseUrl: directory, serverTime: false }
    : { directory: directory || null };
  return openStore({ ...spot, encryptionKey: null, exclusive, clock });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const TASKS: Record<string, () => Promise<void>> = {
  /** Writes without end; says each id once it was acknowledged. */
  async write() {
    const store = await open(true);
    for (let n = 0; ; n += 1) {
      const id = `${name}-${n}`;
      try {
        await store.intents.record(intent(id), entry('intent', { reference: id, body: 'x'.repeat(n % 3000) }));
        say(id);
      } catch (error) {
        // A server that went away comes back; what was not acknowledged is of no interest.
        if (!isFault(error, 'store-unavailable')) throw error;
      }
    }
  },
  /** Holds the folder until its input ends. */
  async hold() {
    const store = await open(true);
    say('open');
    for await (const _line of createInterface(process.stdin)) break;
    await store.close();
  },
  /** Opens, writes one record, closes. */
  async once() {
    const store = await open(false);
    await store.audit.append(entry(name));
    await store.close();
    say('done');
  },
  /** Tries to take the questions q0 to q49 and says those it won. */
  async race() {
    const store = await open(false);
    say('ready');
    for await (const _line of createInterface(process.stdin)) break;
    for (let n = 0; n < 50; n += 1) {
      if (await store.pending.move(`q${n}`, 1, 'open', 'taken', entry(name))) say(`q${n}`);
    }
    await store.close();
  },
  /** Claims what is due until nothing is left, settles it, and says what it did. */
  async work() {
    const store = await open(false);
    say('ready');
    for await (const _line of createInterface(process.stdin)) break;
    while ((await store.due.nextAt()) !== null) {
      const claimed = await store.due.claim({ now: clock.now(), limit: 20, holder: name, ttlMs: 600_000 });
      for (const due of claimed) {
        const settled = await store.commit([{ write: 'due.settle', due }], [entry(name, { reference: due.id })]);
        say(settled ? due.id : `lost ${due.id}`);
      }
    }
    await store.close();
  },
  /** Dies in the middle of a step of the schema. */
  async 'die-migrating'() {
    const file = `${directory}/${DATABASE_FILE}`;
    const steps = {
      ...migrationsOf('sqlite'),
      '9999-half': {
        async up(db: Kysely<unknown>) {
          await db.schema.createTable('half').addColumn('id', 'text').execute();
          process.kill(process.pid, 'SIGKILL');
          await new Promise(() => {});
        },
      },
    };
    await migrate(sqliteEngine(await connect(file), file), steps, fileAt(file));
  },
  /** Ends without closing. */
  async leave() {
    await open(false);
    process.exit(0);
  },
};

try {
  await TASKS[task]?.();
} catch (error) {
  say(`failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
