import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RingCentralSandbox, startRingCentralSandbox } from '#sandbox/ringcentral/server.ts';
import type { Alter, Answer } from './answer.ts';
import { type OfficialDocument, readDocument } from './document.ts';
import { replayContract } from './replay.ts';

const path = process.env.RINGCENTRAL_OPENAPI ?? '';
const required = process.env.CI === 'true';
const runner = fileURLToPath(new URL('./run.ts', import.meta.url));

function runContract(env: Record<string, string>): { status: number | null; output: string } {
  const { PATH = '', HOME = '' } = process.env;
  const found = spawnSync(process.execPath, [runner], { env: { PATH, HOME, ...env }, encoding: 'utf8' });
  return { status: found.status, output: found.stdout };
}

describe('the contract run without the official document', () => {
  it('says loudly that it was skipped, and succeeds', () => {
    const { status, output } = runContract({});
    expect(output).toContain('SKIPPED: contract run');
    expect(output).toContain('RINGCENTRAL_OPENAPI');
    expect(status).toBe(0);
  });

  it('fails when the document cannot be read', () => {
    expect(runContract({ RINGCENTRAL_OPENAPI: runner }).status).toBe(1);
  });

  it('fails where it is required', () => {
    expect(runContract({ CI: 'true' }).status).toBe(1);
  });
});

if (path === '') {
  const notice = 'contract tests need RINGCENTRAL_OPENAPI, the path of the official OpenAPI document';
  if (required) it(notice, () => expect.fail(notice));
  else {
    console.warn(`SKIPPED: ${notice}`);
    it.skip(notice);
  }
}

describe.skipIf(path === '')('a sandbox with something wrong in it fails the contract', () => {
  let sandbox: RingCentralSandbox;
  let document: OfficialDocument;
  beforeAll(async () => {
    sandbox = await startRingCentralSandbox({ people: 40 });
    document = readDocument(path);
  });
  afterAll(() => sandbox.close());

  async function problemsOf(operationId: string, alter?: Alter): Promise<readonly string[]> {
    const options = alter === undefined ? { only: [operationId] } : { only: [operationId], alter };
    const [result] = await replayContract(sandbox, document, options);
    return result?.problems ?? ['not replayed'];
  }

  // biome-ignore lint/suspicious/noExplicitAny: the body is broken on purpose
  function body(change: (json: any) => void): Alter {
    return (_, answer) => {
      if (answer.status >= 400 || answer.json === undefined) return answer;
      const json = structuredClone(answer.json);
      change(json);
      return { ...answer, json };
    };
  }

  it.each<[string, string, Alter, string]>([
    [
      'an extension id as text',
      'readExtension',
      body((json) => (json.id = String(json.id))),
      'body/id must be integer',
    ],
    ['a role id as a number', 'readUserRole', body((json) => (json.id = Number(json.id))), 'body/id must be string'],
    ['an unknown word', 'listExtensions', body((json) => (json.records[0].status = 'Gone')), 'must be equal to one of'],
    [
      'a further property',
      'listUserAssignedRoles',
      body((json) => (json.owner = 'x')),
      'body/owner is not in the document',
    ],
    [
      'a further property deep inside',
      'listAssignedRoles',
      body((json) => (json.records[0].roles[0].note = 1)),
      'note is not in the document',
    ],
    ['a further paging field', 'listPermissions', body((json) => (json.paging.last = true)), 'additional properties'],
    ['a missing field', 'readCompanyCallLog', body((json) => delete json.records), "required property 'records'"],
    [
      'a name that the pattern forbids',
      'readStandardUserRole',
      body((json) => (json.displayName = 'a/b')),
      'must match pattern',
    ],
    [
      'another status',
      'createCustomRole',
      (_, answer) => (answer.status === 201 ? { ...answer, status: 200 } : answer),
      'instead of 201',
    ],
    [
      'a body where none belongs',
      'deleteCustomRole',
      (_, answer) => (answer.status === 204 ? { ...answer, text: '{}' } : answer),
      'not empty',
    ],
    ['another rate group', 'readDefaultRole', withHeader('x-rate-limit-group', 'heavy'), 'rate group is heavy'],
    ['a singular permissionName in CMN-419', 'readExtension', (_, answer) => renamed(answer), 'permissionsName'],
    ['no Retry-After', 'readAccountInfo', withHeader('retry-after', null), 'Retry-After'],
    ['a token without session', 'getToken', body((json) => delete json.session_id), "required property 'session_id'"],
  ])('%s in %s', async (_, operationId, alter, problem) => {
    expect(await problemsOf(operationId)).toEqual([]);
    expect((await problemsOf(operationId, alter)).join('\n')).toContain(problem);
  });

  it('notices an operation that nothing replays', async () => {
    const stranger = { ...document.operations[0], operationId: 'somethingNew' } as (typeof document.operations)[number];
    const [result] = await replayContract(sandbox, { ...document, operations: [stranger] });
    expect(result?.problems).toEqual(['no scenario replays this operation']);
  });
});

function withHeader(name: string, value: string | null): Alter {
  return (_, answer) => {
    const headers = new Headers(answer.headers);
    if (value === null) headers.delete(name);
    else headers.set(name, value);
    return { ...answer, headers };
  };
}

function renamed(answer: Answer): Answer {
  return {
    ...answer,
    json: JSON.parse(JSON.stringify(answer.json ?? null).replaceAll('permissionsName', 'permissionName')),
  };
}
