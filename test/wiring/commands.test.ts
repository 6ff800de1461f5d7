import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type RingCentralSandbox, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import type { Turn } from '#src/domain/reply.ts';
import { openAssistant } from '#src/wiring/assistant.ts';

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A RingCentral of its own that commands reach only over HTTP, and an environment that names it. */
async function external() {
  const sandbox = await startRingCentralSandbox();
  undo.push(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-commands-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return { sandbox, env: environment(sandbox, folder) };
}

function environment({ serverUrl, clientId, clientSecret, jwt }: RingCentralSandbox, folder: string) {
  return {
    RC_SERVER_URL: serverUrl,
    RC_APP_CLIENT_ID: clientId,
    RC_APP_CLIENT_SECRET: clientSecret,
    RC_USER_JWT: jwt,
    ROLECALL_ALLOW_LOOPBACK_APIS: '1',
    ROLECALL_DATA_DIR: folder,
    LOG_LEVEL: 'error',
  };
}

/** One command from its opening to its end, as `rolecall ask` runs it; keeps nothing in memory. */
async function ask(env: Record<string, string>, text: string, extensionNumber = '104'): Promise<Turn> {
  const assistant = await openAssistant(env);
  try {
    return await assistant.conversation.say({ actor: { platform: 'terminal', extensionNumber }, text, thread: 'once' });
  } finally {
    await assistant.close();
  }
}

type Seen = { readonly operationId: string | null; readonly status: number };

/** What the sandbox was asked since the last look. */
async function callsSeen({ controlUrl }: RingCentralSandbox): Promise<readonly Seen[]> {
  const { calls } = (await (await fetch(`${controlUrl}/calls`)).json()) as { calls: readonly Seen[] };
  await fetch(`${controlUrl}/calls`, { method: 'DELETE' });
  return calls;
}

const named = (calls: readonly Seen[]) => calls.map((call) => call.operationId);

async function control(url: string, method: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  expect(response.ok).toBe(true);
}

describe('commands one after the other against the same RingCentral', () => {
  it('stay within what a minute allows', async () => {
    const { sandbox, env } = await external();
    const texts = ['list roles', 'who am i', 'help', 'what roles does bob have'];
    for (let round = 0; round < 12; round += 1) {
      expect((await ask(env, texts[round % texts.length] ?? '')).reply.outcome).toBe('answered');
    }
    const calls = await callsSeen(sandbox);
    expect(calls.filter((call) => call.status === 429)).toEqual([]);
    expect(named(calls).filter((id) => id === 'getToken')).toHaveLength(1);
    expect(named(calls).filter((id) => id === 'listExtensions')).toHaveLength(1);
  });

  it('ask again only what decides a right', async () => {
    const { sandbox, env } = await external();
    await ask(env, 'what roles does bob have');
    await callsSeen(sandbox);
    await ask(env, 'what roles does bob have');
    expect(new Set(named(await callsSeen(sandbox)))).toEqual(
      new Set(['readExtension', 'listUserAssignedRoles', 'readUserRole']),
    );
  });

  it('go on when RingCentral has ended the session of the one before', async () => {
    const { sandbox, env } = await external();
    await ask(env, 'help');
    await callsSeen(sandbox);
    const match = { path: '/restapi/v1\\.0/account/' };
    const body = { errorCode: 'TokenInvalid', errors: [{ errorCode: 'OAU-213', message: 'Token not found' }] };
    await control(`${sandbox.controlUrl}/faults`, 'POST', {
      match,
      times: 1,
      fault: { kind: 'status', status: 401, body },
    });
    expect((await ask(env, 'who am i')).reply.outcome).toBe('answered');
    expect((await ask(env, 'who am i')).reply.outcome).toBe('answered');
    expect(named(await callsSeen(sandbox)).filter((id) => id === 'getToken')).toHaveLength(1);
  });

  it('see an app permission that was added after a refusal', async () => {
    const { sandbox, env } = await external();
    const scopes = ['ReadAccounts'];
    await control(`${sandbox.controlUrl}/app`, 'PATCH', { scopes });
    const change = 'give bob Manager';
    expect((await ask(env, change)).reply.saying).toMatchObject({
      kind: 'refused',
      reason: { kind: 'app-lacks-scope' },
    });
    await control(`${sandbox.controlUrl}/app`, 'PATCH', { scopes: [...scopes, 'RoleManagement', 'EditExtensions'] });
    expect((await ask(env, change)).reply.saying).not.toMatchObject({ reason: { kind: 'app-lacks-scope' } });
  });

  it('start anew against another RingCentral', async () => {
    const first = await external();
    await ask(first.env, 'help');
    const second = await external();
    const env = { ...second.env, ROLECALL_DATA_DIR: first.env.ROLECALL_DATA_DIR };
    await callsSeen(second.sandbox);
    expect((await ask(env, 'help')).reply.outcome).toBe('answered');
    expect(named(await callsSeen(second.sandbox))).toEqual(expect.arrayContaining(['getToken', 'listExtensions']));
  });
});
