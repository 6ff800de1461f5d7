import type { Store } from '#src/usecases/ports.ts';
import { FakeStore } from '#test/support/fake-store.ts';
import { type HandClock, handClock, opened } from './open.ts';

/** A store of one engine, and the clock by which it was opened. */
export type Opened = { readonly store: Store; readonly clock: HandClock };

/** What keeps a store; the same suite runs over each. */
export type Engine = { readonly name: string; open(): Promise<Opened> };

/** The engines, and the stand-in that use cases are tested with: it has to keep the same promises. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'SQLite',
    async open() {
      const clock = handClock();
      return { store: await opened({ clock }), clock };
    },
  },
  {
    name: 'the stand-in of tests',
    async open() {
      const clock = handClock();
      return { store: new FakeStore(clock), clock };
    },
  },
];
