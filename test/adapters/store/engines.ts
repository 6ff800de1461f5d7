import { describe } from 'vitest';
import type { OpenStore } from '#src/adapters/store/open-store.ts';
import type { StoreOptions } from '#src/adapters/store/store-options.ts';
import type { Store } from '#src/usecases/ports.ts';
import { FakeStore } from '#test/support/fake-store.ts';
import { freshDatabase, freshFolder, type HandClock, handClock, opened } from './open.ts';
import { TEST_DATABASE_URL } from './postgres.ts';

/** Where a store of one engine lies: what opens it a second time. */
export type Spot = Pick<StoreOptions, 'directory' | 'databaseUrl'>;

/** A store of one engine, the clock by which it was opened, and where it lies. */
type Opened = { readonly store: OpenStore; readonly clock: HandClock; readonly spot: Spot };

/** What keeps a store; one suite runs over each. */
type Engine = {
  readonly name: string;
  /** What is missing here; then its part of the suite is skipped, which CI counts as failed. */
  readonly skip: boolean;
  open(): Promise<Opened>;
};

async function openAt(spot: Spot): Promise<Opened> {
  const clock = handClock();
  return { store: await opened({ clock, ...spot }), clock, spot };
}

/** Both engines. */
const ENGINES: readonly Engine[] = [
  { name: 'SQLite', skip: false, open: () => openAt({ directory: freshFolder() }) },
  {
    name: 'PostgreSQL',
    skip: TEST_DATABASE_URL === null,
    open: async () => openAt({ directory: null, databaseUrl: await freshDatabase() }),
  },
];

/** A store that keeps the promises of the port, whoever keeps it. */
type Promised = { readonly store: Store; readonly clock: HandClock };

/** One part of the suite, over each engine. */
export function onEachEngine(what: string, tests: (open: Engine['open']) => void): void {
  for (const { name, skip, open } of ENGINES) describe.skipIf(skip)(`${what} on ${name}`, () => tests(open));
}

/** The same, over the stand-in too that use cases are tested with: it has to keep the same promises. */
export function onEachStore(what: string, tests: (open: () => Promise<Promised>) => void): void {
  onEachEngine(what, tests);
  describe(`${what} in the stand-in`, () =>
    tests(async () => {
      const clock = handClock();
      return { store: new FakeStore(clock), clock };
    }));
}
