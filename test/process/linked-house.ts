import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { openStore } from '#src/adapters/store/open-store.ts';
import { accountId } from '#src/domain/ids.ts';
import type { Store } from '#src/usecases/ports.ts';
import { plantIdentities } from '#src/wiring/sandbox.ts';
import { freshFolder, type Outcome, Rolecall, run } from './child.ts';
import { type Sandboxes, sandboxesBeside } from './live.ts';
import { liveEnvironment } from './live-environment.ts';
import { control, eventually, rolesOf } from './outside.ts';

/** A data folder beside both stand-ins, in which one service after the other lives. */
export class LinkedHouse {
  readonly sandboxes: Sandboxes;
  readonly #folder = freshFolder();
  readonly #key = randomBytes(32);

  constructor(sandboxes: Sandboxes) {
    this.sandboxes = sandboxes;
  }

  /** Works on the store beside the service, as a short command does. */
  async inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const clock = { now: () => Date.now() };
    const store = await openStore({ directory: this.#folder, encryptionKey: this.#key, exclusive: false, clock });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async service(): Promise<Rolecall> {
    const service = new Rolecall(['start'], { env: liveEnvironment(this.sandboxes, this.#folder, this.#key) });
    expect(await service.firstLine()).toBe('Rolecall is ready for Cobalt Lane Clinics.');
    return service;
  }

  /** A short command on the same data folder. */
  command(args: readonly string[]): Promise<Outcome> {
    return run(args, { env: liveEnvironment(this.sandboxes, this.#folder, this.#key) });
  }

  rolesOfBob(): Promise<readonly string[]> {
    return rolesOf(this.sandboxes.ringcentral.controlUrl, '102');
  }

  /** Sets what shall go wrong; gives what waits until all of it has. */
  async plan(faults: readonly object[]): Promise<() => Promise<unknown>> {
    const url = `${this.sandboxes.ringcentral.controlUrl}/faults`;
    for (const fault of faults) await control(url, 'POST', fault);
    return () => eventually('the faults', async () => (await control<{ faults: unknown[] }>(url)).faults.length === 0);
  }
}

/** A house in which everybody's links are in place before the first service starts. */
export async function linkedHouse(): Promise<LinkedHouse> {
  const sandboxes = await sandboxesBeside();
  const house = new LinkedHouse(sandboxes);
  const state = await control<{ accountId: unknown }>(`${sandboxes.ringcentral.controlUrl}/state`);
  await house.inStore((store) => plantIdentities(sandboxes, accountId(String(state.accountId)), store));
  return house;
}
