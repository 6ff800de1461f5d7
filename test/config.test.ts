import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Config, type Environment, type Purpose, readConfig } from '#src/config.ts';
import { Fault } from '#src/domain/faults.ts';
import { loadEnvironment } from '#src/environment.ts';

const RINGCENTRAL = {
  RC_SERVER_URL: 'https://platform.ringcentral.com',
  RC_APP_CLIENT_ID: 'aClientId',
  RC_APP_CLIENT_SECRET: 'aClientSecret',
  RC_USER_JWT: 'eyJhbGciOi.eyJzdWIi.c2ln',
};
const SOCKET = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_APP_TOKEN: 'xapp-1-A-2-def' };
const HTTP = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' };
const KEY = { ROLECALL_ENCRYPTION_KEY: Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64') };
const LIVE = { ...RINGCENTRAL, ...SOCKET, ...KEY };

function loadEnvironmentFrom(file: string): Environment {
  return parse(readFileSync(join(import.meta.dirname, '..', file)));
}

function refusal(env: Environment, purpose: Purpose = 'start'): string {
  try {
    readConfig(env, purpose);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect((error as Fault).code).toBe('config-invalid');
    return (error as Fault).message;
  }
  throw new Error('it was accepted');
}

function live(env: Environment, purpose: Purpose = 'start'): Extract<Config, { mode: 'live' }> {
  const config = readConfig(env, purpose);
  if (config.mode !== 'live') throw new Error('it is the sandbox');
  return config;
}

describe('what is talked to', () => {
  it.each<{ when: string; env: Environment; purpose: Purpose; mode: Config['mode'] }>([
    { when: 'nothing is set', env: {}, purpose: 'start', mode: 'sandbox' },
    { when: 'nothing is set', env: {}, purpose: 'ask', mode: 'sandbox' },
    {
      when: 'everything is empty',
      env: { RC_SERVER_URL: '', SLACK_BOT_TOKEN: '  ' },
      purpose: 'start',
      mode: 'sandbox',
    },
    {
      when: 'only our own settings are there',
      env: { PORT: '0', LOG_LEVEL: 'debug' },
      purpose: 'start',
      mode: 'sandbox',
    },
    {
      when: 'another program uses the prefix',
      env: { SLACK_WEBHOOK_URL: 'x', RC_FILE: 'y' },
      purpose: 'start',
      mode: 'sandbox',
    },
    {
      when: 'a database of another program is in the environment',
      env: { DATABASE_URL: 'postgres://h/d' },
      purpose: 'start',
      mode: 'sandbox',
    },
    { when: 'everything is set', env: LIVE, purpose: 'start', mode: 'live' },
    { when: 'the four of RingCentral are set', env: RINGCENTRAL, purpose: 'ask', mode: 'live' },
    { when: 'only Slack is set', env: SOCKET, purpose: 'ask', mode: 'sandbox' },
    { when: 'half is set', env: { RC_USER_JWT: 'x', SLACK_BOT_TOKEN: 'xoxb-1' }, purpose: 'other', mode: 'sandbox' },
    { when: 'everything is set', env: LIVE, purpose: 'other', mode: 'live' },
  ])('is $mode to $purpose when $when', ({ env, purpose, mode }) => {
    expect(readConfig(env, purpose).mode).toBe(mode);
  });

  it('is never the sandbox by mistake: whatever part is missing of all is named, and nothing else', () => {
    const names = Object.keys({ ...RINGCENTRAL, ...SOCKET, ...KEY });
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1, maxLength: names.length - 1 }), (kept) => {
        fc.pre(kept.some((name) => name !== 'ROLECALL_ENCRYPTION_KEY'));
        const message = refusal(Object.fromEntries(Object.entries(LIVE).filter(([name]) => kept.includes(name))));
        for (const name of names) {
          expect(message.includes(`  ${name} is missing`) || message.includes(`  ${name} (Socket Mode)`)).toBe(
            !kept.includes(name),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a complete configuration', () => {
  it('is understood with Socket Mode', () => {
    expect(live(LIVE)).toEqual({
      mode: 'live',
      ringcentral: {
        serverUrl: 'https://platform.ringcentral.com',
        clientId: 'aClientId',
        clientSecret: 'aClientSecret',
        jwt: 'eyJhbGciOi.eyJzdWIi.c2ln',
        loopback: false,
      },
      slack: { mode: 'socket', botToken: 'xoxb-1-2-abc', appToken: 'xapp-1-A-2-def', apiUrl: null },
      carrierx: null,
      dataDir: 'data',
      databaseUrl: null,
      looksKeptDays: 180,
      port: 3000,
      publicUrl: null,
      logLevel: 'info',
      encryptionKey: new Uint8Array(Array.from({ length: 32 }, (_, n) => n * 7)),
      policyFile: null,
      approversChannel: null,
    });
  });

  it('may name CarrierX, with both of its variables', () => {
    const carrierx = { CARRIERX_BASE_URL: 'https://api.carrierx.com/core/v2/', CARRIERX_TOKEN: 'cx-token' };
    expect(live({ ...LIVE, ...carrierx }).carrierx).toEqual({
      baseUrl: 'https://api.carrierx.com/core/v2',
      token: 'cx-token',
    });
  });

  it('is understood with HTTP, and with everything that may be left out', () => {
    const config = live({
      ...RINGCENTRAL,
      ...HTTP,
      ...KEY,
      RC_SERVER_URL: ' https://platform.ringcentral.com/ ',
      PORT: '8080',
      PUBLIC_URL: 'https://rolecall.example.com/bot/',
      LOG_LEVEL: 'WARN',
      ROLECALL_DATA_DIR: '/var/lib/rolecall',
      ROLECALL_POLICY: 'policy.yaml',
      ROLECALL_APPROVERS_CHANNEL: 'C1',
      SLACK_API_URL: 'https://slack.com/api',
      RC_BOT_TOKEN: 'later',
    });
    expect(config).toMatchObject({
      ringcentral: { serverUrl: 'https://platform.ringcentral.com' },
      slack: { mode: 'http', signingSecret: HTTP.SLACK_SIGNING_SECRET, apiUrl: null },
      port: 8080,
      publicUrl: 'https://rolecall.example.com/bot',
      logLevel: 'warn',
      dataDir: '/var/lib/rolecall',
      policyFile: 'policy.yaml',
      approversChannel: 'C1',
    });
  });

  it('to ask takes no notice of what is wrong with Slack', () => {
    expect(live({ ...RINGCENTRAL, SLACK_BOT_TOKEN: 'nonsense' }, 'ask').slack).toBeNull();
  });

  it.each([
    ['base64', Buffer.alloc(32, 'rolecall is a chat assistant').toString('base64')],
    ['base64 without padding', Buffer.alloc(32, 'rolecall is a chat assistant').toString('base64').replace('=', '')],
    ['URL-safe base64', Buffer.alloc(32, 'rolecall is a chat assistant').toString('base64url')],
    ['hexadecimal', Buffer.alloc(32, 'rolecall is a chat assistant').toString('hex')],
  ])('takes a key in %s', (_form, key) => {
    const config = live({ ...LIVE, ROLECALL_ENCRYPTION_KEY: key });
    expect(config.encryptionKey).toEqual(new Uint8Array(Buffer.alloc(32, 'rolecall is a chat assistant')));
  });
});

describe('what is wrong is named', () => {
  it.each<{ what: string; env: Environment; says: string }>([
    {
      what: 'a bot token in the place of the app token',
      env: { SLACK_APP_TOKEN: 'xoxb-9' },
      says: 'SLACK_APP_TOKEN must start with xapp-; it holds a bot token, which belongs in SLACK_BOT_TOKEN',
    },
    {
      what: 'an app token in the place of the bot token',
      env: { SLACK_BOT_TOKEN: 'xapp-9' },
      says: 'SLACK_BOT_TOKEN must start with xoxb-; it holds an app-level token, which belongs in SLACK_APP_TOKEN',
    },
    { what: "a person's token", env: { SLACK_BOT_TOKEN: 'xoxp-9' }, says: "a person's user token" },
    { what: 'a rotating token', env: { SLACK_BOT_TOKEN: 'xoxe.xoxb-9' }, says: 'switch token rotation off' },
    {
      what: 'a prefix and nothing after it',
      env: { SLACK_BOT_TOKEN: 'xoxb-' },
      says: 'SLACK_BOT_TOKEN must start with xoxb-',
    },
    {
      what: 'a token in the place of the signing secret',
      env: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'xapp-1' },
      says: 'SLACK_SIGNING_SECRET must be the signing secret; it holds an app-level token',
    },
    { what: 'both ways to reach Slack', env: { SLACK_SIGNING_SECRET: 'abc' }, says: 'both set' },
    {
      what: 'a secret broken over lines',
      env: { RC_USER_JWT: 'eyJ.a\nb.c' },
      says: 'RC_USER_JWT holds a space or a line break',
    },
    {
      what: 'CarrierX without its token',
      env: { CARRIERX_BASE_URL: 'https://api.carrierx.com/core/v2' },
      says: 'CARRIERX_TOKEN is missing',
    },
    {
      what: 'CarrierX without encryption',
      env: { CARRIERX_BASE_URL: 'http://api.carrierx.com/core/v2', CARRIERX_TOKEN: 'cx' },
      says: 'CARRIERX_BASE_URL must start with https://',
    },
    { what: 'a placeholder', env: { RC_APP_CLIENT_ID: '<client id>' }, says: 'RC_APP_CLIENT_ID' },
    {
      what: 'a placeholder',
      env: { RC_APP_CLIENT_SECRET: 'your-client-secret' },
      says: 'RC_APP_CLIENT_SECRET still holds a placeholder',
    },
    {
      what: 'a server that is no address',
      env: { RC_SERVER_URL: 'platform.ringcentral.com' },
      says: 'RC_SERVER_URL must be an address that starts with https://',
    },
    {
      what: 'a server without encryption',
      env: { RC_SERVER_URL: 'http://platform.ringcentral.com' },
      says: 'RC_SERVER_URL must start with https://',
    },
    {
      what: 'a server that only looks like this machine',
      env: { RC_SERVER_URL: 'http://127.0.0.1.example.com' },
      says: 'RC_SERVER_URL must start with https://',
    },
    {
      what: 'a server with a path',
      env: { RC_SERVER_URL: 'https://platform.ringcentral.com/restapi/v1.0' },
      says: 'RC_SERVER_URL must be the server alone',
    },
    {
      what: 'a server with a password',
      env: { RC_SERVER_URL: 'https://u:p@platform.ringcentral.com' },
      says: 'RC_SERVER_URL must hold no user name',
    },
    {
      what: 'another Slack',
      env: { SLACK_API_URL: 'https://slack.example.com/api/', ROLECALL_ALLOW_LOOPBACK_APIS: '1' },
      says: 'SLACK_API_URL names another host than Slack',
    },
    {
      what: 'a Slack that only looks like this machine',
      env: { SLACK_API_URL: 'https://localhost.example.com/api/', ROLECALL_ALLOW_LOOPBACK_APIS: '1' },
      says: 'SLACK_API_URL names another host than Slack',
    },
    {
      what: 'a stand-in for Slack without the flag',
      env: { SLACK_API_URL: 'http://127.0.0.1:9/api/' },
      says: 'set ROLECALL_ALLOW_LOOPBACK_APIS=1',
    },
    {
      what: 'a stand-in for Slack with the flag off',
      env: { SLACK_API_URL: 'http://127.0.0.1:9/api/', ROLECALL_ALLOW_LOOPBACK_APIS: '0' },
      says: 'set ROLECALL_ALLOW_LOOPBACK_APIS=1',
    },
    {
      what: 'a flag that is neither',
      env: { ROLECALL_ALLOW_LOOPBACK_APIS: 'maybe' },
      says: 'ROLECALL_ALLOW_LOOPBACK_APIS must be 1 or 0',
    },
    { what: 'a port that is no number', env: { PORT: '80a' }, says: 'PORT must be a whole number from 0 to 65535' },
    { what: 'a port out of range', env: { PORT: '65536' }, says: 'PORT must be' },
    { what: 'a negative port', env: { PORT: '-1' }, says: 'PORT must be' },
    {
      what: 'a level that does not exist',
      env: { LOG_LEVEL: 'loud' },
      says: 'LOG_LEVEL must be debug, info, warn or error',
    },
    {
      what: 'a public address without encryption',
      env: { PUBLIC_URL: 'http://rolecall.example.com' },
      says: 'PUBLIC_URL must start with https://',
    },
    {
      what: 'a short key',
      env: { ROLECALL_ENCRYPTION_KEY: 'aGVsbG8=' },
      says: 'ROLECALL_ENCRYPTION_KEY must be 32 bytes',
    },
    {
      what: 'a key of zeros',
      env: { ROLECALL_ENCRYPTION_KEY: '0'.repeat(64) },
      says: 'ROLECALL_ENCRYPTION_KEY is not random',
    },
    { what: 'no key', env: { ROLECALL_ENCRYPTION_KEY: '' }, says: 'ROLECALL_ENCRYPTION_KEY is missing; make one with' },
    {
      what: 'a database of another kind',
      env: { DATABASE_URL: 'mysql://u:p@h/d' },
      says: 'DATABASE_URL must start with postgresql://',
    },
    {
      what: 'looks that are kept for no time',
      env: { ROLECALL_LOOKS_KEPT_DAYS: '0' },
      says: 'ROLECALL_LOOKS_KEPT_DAYS must be a whole number of days',
    },
    {
      what: 'a server without a database',
      env: { DATABASE_URL: 'postgres://u:hushhush@h' },
      says: 'DATABASE_URL names no database',
    },
    {
      what: 'a name that is not quite right',
      env: { RC_USER_JWT: '', RC_JWT: 'eyJ' },
      says: 'Set, but not known here: RC_JWT.',
    },
  ])('$what', ({ env, says }) => {
    expect(refusal({ ...LIVE, ...env })).toContain(says);
  });

  it('all at once, one line each', () => {
    const message = refusal({ ...LIVE, PORT: 'x', SLACK_BOT_TOKEN: 'y', RC_USER_JWT: '' });
    expect(message.split('\n').filter((line) => line.startsWith('  '))).toHaveLength(3);
  });

  it('without ever repeating a value', () => {
    const names = [
      ...Object.keys({ ...LIVE, ...HTTP }),
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'SLACK_API_URL',
      'DATABASE_URL',
    ];
    const value = fc.string({ unit: fc.constantFrom(...'QZqz0189!'), minLength: 12, maxLength: 40 });
    const prefix = fc.constantFrom('', 'xoxb-', 'xoxp-', 'http://', 'https://u:', 'eyJ');
    fc.assert(
      fc.property(fc.constantFrom(...names), prefix, value, (name, start, rest) => {
        let message = '';
        try {
          readConfig({ ...LIVE, [name]: start + rest }, 'start');
        } catch (error) {
          message = String((error as Fault).message) + JSON.stringify((error as Fault).data);
        }
        expect(message).not.toContain(rest);
      }),
    );
  });
});

describe('the database', () => {
  const DATABASE_URL = 'postgresql://rolecall:secret@db.example.com/rolecall';

  it('is PostgreSQL where its address is given, for the service and for commands', () => {
    expect(live({ ...LIVE, DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
    expect(live({ ...RINGCENTRAL, DATABASE_URL }, 'ask').databaseUrl).toBe(DATABASE_URL);
    expect(readConfig({ DATABASE_URL }, 'other').databaseUrl).toBe(DATABASE_URL);
    expect(live({ ...LIVE, DATABASE_URL: 'postgres:///rolecall?host=/run/postgresql' }).databaseUrl).not.toBeNull();
  });

  it('is a file otherwise, and in the sandbox whatever is set', () => {
    expect(live(LIVE).databaseUrl).toBeNull();
    expect(readConfig({ DATABASE_URL }, 'start')).toMatchObject({ mode: 'sandbox', databaseUrl: null });
  });
});

describe('hosts on this machine', () => {
  it.each(['http://127.0.0.1:8080', 'http://127.9.8.7', 'http://localhost:1', 'http://[::1]:3', 'https://localhost:4'])(
    '%s may stand in for RingCentral, and for Slack with the flag',
    (host) => {
      const config = live({
        ...LIVE,
        RC_SERVER_URL: host,
        SLACK_API_URL: `${host}/api`,
        ROLECALL_ALLOW_LOOPBACK_APIS: 'true',
      });
      expect(config.ringcentral).toMatchObject({ serverUrl: host, loopback: true });
      expect(config.slack?.apiUrl).toBe(`${host}/api/`);
    },
  );
});

describe('the example file', () => {
  const example = loadEnvironmentFrom('.env.example');

  it('copied as it is means the sandbox', () => {
    expect(readConfig(example, 'start')).toMatchObject({
      mode: 'sandbox',
      port: 3000,
      dataDir: 'data',
      logLevel: 'info',
    });
  });

  it('names every variable there is', () => {
    expect(Object.keys(example).sort()).toEqual(
      [
        ...Object.keys({ ...RINGCENTRAL, ...SOCKET, ...HTTP, ...KEY }),
        ...['SLACK_API_URL', 'ROLECALL_ALLOW_LOOPBACK_APIS', 'RC_BOT_TOKEN', 'RC_BOT_VERIFICATION_TOKEN'],
        ...['RC_BOT_CARD_SECRET', 'CARRIERX_BASE_URL', 'CARRIERX_TOKEN', 'DATABASE_URL', 'ROLECALL_DATA_DIR'],
        ...['PUBLIC_URL', 'PORT', 'ROLECALL_POLICY', 'ROLECALL_APPROVERS_CHANNEL', 'LOG_LEVEL'],
        'ROLECALL_LOOKS_KEPT_DAYS',
      ].sort(),
    );
  });
});

describe('the file', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  function folder(): string {
    folders.push(mkdtempSync(join(tmpdir(), 'rolecall-env-')));
    return folders.at(-1) ?? '';
  }

  it('completes the environment and does not override it', () => {
    const directory = folder();
    writeFileSync(join(directory, '.env'), '\ufeffPORT=1\n# a comment\nLOG_LEVEL="debug"\n');
    expect(loadEnvironment(directory, { PORT: '2' })).toEqual({ PORT: '2', LOG_LEVEL: 'debug' });
  });

  it('may be absent', () => {
    expect(loadEnvironment(folder(), { PORT: '2' })).toEqual({ PORT: '2' });
  });

  it('that is there but cannot be read is told', () => {
    const directory = folder();
    mkdirSync(join(directory, '.env'));
    expect(() => loadEnvironment(directory, {})).toThrow(/\.env cannot be read \(EISDIR\)\. Nothing was started/);
  });
});
