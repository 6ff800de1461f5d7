import { describe, expect, it, vi } from 'vitest';
import { freshFolder, Rolecall, run } from './child.ts';
import { control, rolesOf } from './outside.ts';

// Each starts several processes, and the machine may be busy with others.
vi.setConfig({ testTimeout: 60_000 });

type Description = {
  readonly ringcentral: {
    readonly serverUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly jwt: string;
    readonly tokens: Readonly<Record<string, string>>;
    readonly controlUrl: string;
  };
  readonly slack: Readonly<Record<'apiUrl' | 'botToken' | 'appToken' | 'signingSecret' | 'controlUrl', string>>;
  readonly carrierx: Readonly<Record<'baseUrl' | 'token' | 'controlUrl', string>>;
};

async function described(sandbox: Rolecall): Promise<Description> {
  return JSON.parse(await sandbox.firstLine()) as Description;
}

async function getAs(token: string, url: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

describe('rolecall sandbox', () => {
  it('prints addresses and credentials as one line of JSON, serves any client, and stops when asked to', async () => {
    const sandbox = new Rolecall(['sandbox']);
    const { ringcentral, slack, carrierx } = await described(sandbox);
    const text = expect.stringMatching(/^.+$/);
    expect(ringcentral).toEqual({
      serverUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      clientId: text,
      clientSecret: text,
      jwt: text,
      tokens: expect.objectContaining({ '101': text, '104': text, '125': text }),
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(slack).toEqual({
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/),
      botToken: expect.stringMatching(/^xoxb-/),
      appToken: expect.stringMatching(/^xapp-/),
      signingSecret: text,
      controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(carrierx).toEqual({
      baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/),
      token: text,
      controlUrl: text,
    });

    const own = `${ringcentral.serverUrl}/restapi/v1.0/account/~/extension/~`;
    const dave = await getAs(ringcentral.tokens['104'] ?? '', own);
    expect(dave.status).toBe(200);
    expect(await dave.json()).toMatchObject({ extensionNumber: '104', name: 'Dave Diaz' });
    const alice = await getAs(ringcentral.tokens['101'] ?? '', own);
    expect(await alice.json()).toMatchObject({ extensionNumber: '101' });
    expect((await getAs('made-up', own)).status).toBe(401);
    const auth = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}` },
    });
    expect(await auth.json()).toMatchObject({ ok: true });

    const { code, out, err } = await sandbox.stop();
    expect({ code, err, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 });
    await expect(fetch(own)).rejects.toThrow();
  });

  it('runs beside another one without sharing anything with it', async () => {
    const [one, other] = [new Rolecall(['sandbox', '--people', '40']), new Rolecall(['sandbox'])];
    const [first, second] = [await described(one), await described(other)];
    const total = async ({ ringcentral }: Description) =>
      (await control<{ total: number }>(`${ringcentral.controlUrl}/state`)).total;
    expect(await total(first)).toBe(40);
    expect(await total(second)).toBeLessThan(40);
    await control(`${first.ringcentral.controlUrl}/portal/assign`, 'POST', { ext: '102', roles: ['Manager'] });
    expect(await rolesOf(first.ringcentral.controlUrl, '102')).toEqual(['Manager']);
    expect(await rolesOf(second.ringcentral.controlUrl, '102')).toEqual(['Standard (International)']);
    expect((await one.stop()).code).toBe(0);
    expect(await total(second)).toBeLessThan(40);
    expect((await other.stop('SIGINT')).code).toBe(0);
  });

  it('takes the ports it is told, and says in one sentence when one of them is taken', async () => {
    const first = new Rolecall(['sandbox']);
    const { ringcentral } = await described(first);
    const { port } = new URL(ringcentral.serverUrl);
    const second = await run(['sandbox', '--ringcentral-port', port]);
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toMatch(new RegExp(`^Port ${port} is taken by another program\\. [^\\n]+\\n$`));
  });
});

describe('rolecall ask against a sandbox that runs elsewhere', () => {
  it('changes that account when the change is confirmed, and only then', async () => {
    const { ringcentral } = await described(new Rolecall(['sandbox']));
    const env = {
      RC_SERVER_URL: ringcentral.serverUrl,
      RC_APP_CLIENT_ID: ringcentral.clientId,
      RC_APP_CLIENT_SECRET: ringcentral.clientSecret,
      RC_USER_JWT: ringcentral.jwt,
      ROLECALL_DATA_DIR: freshFolder(),
    };
    const shown = await run(['ask', 'give bob Manager', '--as', '104'], { env });
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('run the same words with --yes');
    expect(await rolesOf(ringcentral.controlUrl, '102')).toEqual(['Standard (International)']);

    const refused = await run(['ask', 'give bob Manager', '--as', '101', '--yes'], { env });
    expect(refused).toMatchObject({ code: 3, err: '' });
    expect(await rolesOf(ringcentral.controlUrl, '102')).toEqual(['Standard (International)']);

    const done = await run(['ask', 'give bob Manager', '--as', '104', '--yes', '--json'], { env });
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(done.out)).toMatchObject({ outcome: 'changed', people: ['102'] });
    expect(await rolesOf(ringcentral.controlUrl, '102')).toEqual(['Manager', 'Standard (International)']);
  });
});
