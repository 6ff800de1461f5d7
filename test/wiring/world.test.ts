import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type RingCentralSandbox, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import { createLog } from '#src/log.ts';
import { freshKey, openWorld, type World } from '#src/wiring/world.ts';

const undo: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The service's world where names take longer than its start and its questions wait for them. */
async function openBefore(faults: readonly Planted[], people = 30) {
  const sandbox = await startRingCentralSandbox({ rateLimits: false, people });
  undo.push(() => sandbox.close());
  await plant(sandbox, faults);
  const lines: string[] = [];
  const world = await openWorld({
    endpoint: sandbox,
    directory: null,
    encryptionKey: freshKey(),
    exclusive: true,
    log: createLog('info', { write: (line) => lines.push(line) }),
    temper: { startWaitMs: 50, patienceMs: 50, keptForMs: 0 },
  });
  undo.push(() => world.close());
  return { world, lines };
}

type Planted = { readonly fault: object };

/** Troubles of the list of people, in this order. */
async function plant({ controlUrl }: RingCentralSandbox, faults: readonly Planted[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  for (const one of faults) {
    const body = JSON.stringify({ match: { path: '/account/~/extension$' }, times: 1, ...one });
    const response = await fetch(`${controlUrl}/faults`, { method: 'POST', headers, body });
    expect(response.ok).toBe(true);
  }
}

function ask(world: World, text: string) {
  return world.conversation.say({ actor: { platform: 'terminal', extensionNumber: '104' }, text, thread: 'once' });
}

async function eventually(look: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !look(); turn += 1) await sleep(25);
  expect(look()).toBe(true);
}

describe('a service whose account takes long to read', () => {
  it('is ready before, tells who asks when to ask again, and answers afterwards', async () => {
    const { world, lines } = await openBefore([{ fault: { kind: 'slow', ms: 1500 } }]);
    expect(world.account).toMatchObject({ id: '400100200', zone: 'America/Denver' });
    expect((await ask(world, 'who am i')).reply.saying).toMatchObject({
      kind: 'fault',
      code: 'names-pending',
      settled: 'unchanged',
    });
    await eventually(() => lines.some((line) => line.includes('names read')));
    expect((await ask(world, 'who am i')).reply.outcome).toBe('answered');
  });

  it('tells its log when the reading fails after the start, and reads again for the next who asks', async () => {
    const slowThenRefused = [{ fault: { kind: 'slow', ms: 600 } }, { fault: { kind: 'status', status: 403 } }];
    const { world, lines } = await openBefore(slowThenRefused, 1500);
    expect((await ask(world, 'who am i')).reply.outcome).toBe('fault');
    await eventually(() => lines.some((line) => line.includes('names could not be read')));
    await ask(world, 'who am i');
    await eventually(() => lines.some((line) => line.includes('names read')));
    expect((await ask(world, 'who am i')).reply.outcome).toBe('answered');
  });
});

describe('a service that cannot work', () => {
  it.each([
    ['a wrong secret', { clientSecret: 'wrong-secret-value' }, [], 'directory-sign-in'],
    ['a missing permission', {}, [{ fault: { kind: 'status', status: 403 } }], 'directory-forbidden'],
  ])('does not start with %s', async (_what, over, faults, code) => {
    const sandbox = await startRingCentralSandbox();
    undo.push(() => sandbox.close());
    await plant(sandbox, faults);
    const log = createLog('error', { write() {} });
    const options = { directory: null, encryptionKey: freshKey(), exclusive: true, log };
    await expect(openWorld({ endpoint: { ...sandbox, ...over }, ...options })).rejects.toMatchObject({ code });
  });
});
