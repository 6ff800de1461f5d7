import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, type ProtectingLog } from '#src/log.ts';

function collecting(level: 'debug' | 'info' | 'warn' | 'error' = 'debug', isTTY = false) {
  const lines: string[] = [];
  const sink = { isTTY, write: (line: string) => lines.push(line) };
  const log = createLog(level, sink, { now: () => Date.UTC(2026, 10, 23, 16) });
  return { log, lines, entry: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

describe('a line', () => {
  it('says when, how bad, what, and the facts', () => {
    const { log, lines } = collecting();
    log.info('ready', { port: 3000, names: ['a'], none: null });
    expect(lines).toEqual([
      '{"at":"2026-11-23T16:00:00.000Z","level":"info","message":"ready","port":3000,"names":["a"],"none":null}\n',
    ]);
  });

  it('is written for people on a terminal, without what could steer it', () => {
    const { log, lines } = collecting('debug', true);
    log.warn('slow \u001b[2J\nfake line', { ms: 12 });
    expect(lines).toEqual(['16:00:00 warn  slow  [2J fake line ms=12\n']);
  });

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ] as const)('is left out below the level %s', (level, written) => {
    const { log, lines } = collecting(level);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) log[each](each);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(written);
  });

  it('cannot be passed off as another by its facts', () => {
    const { log, entry } = collecting();
    log.error('real', { level: 'debug', message: 'fake', at: 'never' });
    expect(entry()).toEqual({ at: '2026-11-23T16:00:00.000Z', level: 'error', message: 'real' });
  });
});

describe('what is hidden', () => {
  it.each([
    ['accessToken', 'abc'],
    ['refresh_token', 'abc'],
    ['Authorization', 'abc'],
    ['client_secret', 'abc'],
    ['jwt', 'abc'],
    ['password', 'abc'],
    ['set-cookie', ['abc']],
    ['x-slack-signature', 'abc'],
    ['ROLECALL_ENCRYPTION_KEY', 'abc'],
  ])('the value of a field named %s', (name, value) => {
    const { log, entry } = collecting();
    log.info('x', { deep: { [name]: value } });
    expect(entry().deep).toEqual({ [name]: '[hidden]' });
  });

  it.each([
    'xoxb-12-34-abcDEF',
    'xoxe.xoxb-1-abc',
    'xapp-1-A1-2-deadbeef',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
    'Bearer U0pDMTFQMDFQQVMwMHxB',
    'Basic YWJjOmRlZg==',
    'https://hooks.slack.com/commands/T1/2/abcdef',
    'https://hooks.slack.com/actions/T1/2/abcdef',
  ])('the shape %s wherever it is', (secret) => {
    const { log, lines } = collecting();
    log.info(`got ${secret}, sorry`, { note: `a (${secret}) b`, [`key ${secret}`]: 1, list: [{ url: secret }] });
    log.error('failed', { error: new Error(`could not send ${secret}`) });
    const essential = secret.replace(/^(Bearer|Basic) /, '');
    expect(lines.join('')).not.toContain(essential);
    expect(lines[0]).toContain('sorry');
  });

  it.each([
    ['https://u:hunter2pass@example.com/x', 'hunter2pass'],
    ['https://example.com/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=1', 'SplxlOBeZQQYbYS6WxSbIA'],
    ['grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA', 'tGzv3JOkF0XG5Qx2TlKWIA'],
  ])('the secret part of %s', (text, secret) => {
    const { log, lines } = collecting();
    log.info(text);
    expect(lines[0]).not.toContain(secret);
  });

  it('what people wrote and systems answered', () => {
    const { log, entry } = collecting();
    log.info('x', { text: 'give bob Manager', body: { a: 1 }, requestBody: 'b', blocks: [1], status: 200 });
    expect(entry()).toMatchObject({
      text: '[left out]',
      body: '[left out]',
      requestBody: '[left out]',
      blocks: '[left out]',
      status: 200,
    });
  });

  it('is not what merely tells about a secret, nor a code', () => {
    const { log, entry } = collecting();
    log.info('x', { tokenExpiresAt: 12, hasToken: true, token: null, code: 'CMN-408', errorCode: 'CMN-401' });
    expect(entry()).toMatchObject({
      tokenExpiresAt: 12,
      hasToken: true,
      token: null,
      code: 'CMN-408',
      errorCode: 'CMN-401',
    });
  });

  it('is everything of an error but name, message, code and cause', () => {
    const { log, entry } = collecting();
    const cause = Object.assign(new TypeError('socket hang up'), { code: 'ECONNRESET', socket: { secret: 1 } });
    const error = Object.assign(new Error('no answer', { cause }), { response: { body: 'private' }, code: 'E1' });
    log.error('x', { error });
    expect(entry().error).toEqual({
      name: 'Error',
      message: 'no answer',
      code: 'E1',
      cause: { name: 'TypeError', message: 'socket hang up', code: 'ECONNRESET' },
    });
  });
});

describe('protected values', () => {
  const secret = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'ABCDEFGHKLMNPQRSTVWXYZ23456789_-'), minLength: 8, maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'ABC 23"\\/&=+%\n\tÄ€😀'), minLength: 8, maxLength: 40 }),
  );
  /** Anything a caller might log, with the secret inside some of its texts and names. */
  const data = (value: string) => {
    const text = fc.oneof(
      fc.constant(value),
      fc.string().map((s) => s + value),
      fc.string().map((s) => value + s),
      fc.constant(`https://h.example/?q=${encodeURIComponent(value)}`),
      fc.string({ maxLength: 600, minLength: 480 }).map((s) => s + value),
    );
    const leaf = fc.oneof(
      text,
      text.map((t) => new Error(t)),
      text.map((t) => new Error('outer', { cause: new Error(t) })),
      text.map((t) => new Map([[t, t]])),
      text.map((t) => new Set([t])),
      fc.integer(),
      fc.constant(undefined),
    );
    return fc.dictionary(
      fc.oneof(fc.string(), fc.constant(value)),
      fc.oneof(leaf, fc.array(leaf), fc.dictionary(text, leaf)),
    );
  };

  it('never appear, however they are logged', () => {
    fc.assert(
      fc.property(
        secret.chain((value) => fc.tuple(fc.constant(value), data(value), fc.string(), fc.boolean())),
        ([value, facts, before, tty]) => {
          const { log, lines } = collecting('debug', tty);
          log.protect(value);
          log.info(before + value, facts);
          expect(lines).toHaveLength(1);
          const line = lines.join('');
          expect(line).not.toContain(value);
          expect(line).not.toContain(encodeURIComponent(value));
          expect(line).not.toContain(JSON.stringify(value).slice(1, -1));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are hidden whole when one holds the other', () => {
    const { log, entry } = collecting();
    log.protect('sesame');
    log.protect('open sesame now');
    log.info('say open sesame now, or sesame');
    expect(entry().message).toBe('say [hidden], or [hidden]');
  });

  it('are hidden as numbers too', () => {
    const { log, entry } = collecting();
    log.protect('48151623');
    log.info('x', { pin: 48151623, other: 48151624, n: Number.NaN });
    expect(entry()).toMatchObject({ pin: '[hidden]', other: 48151624, n: 'NaN' });
  });

  it('of a few signs are not hidden: every line would be full of holes', () => {
    const { log, entry } = collecting();
    log.protect('');
    log.protect('a');
    log.info('a banana');
    expect(entry().message).toBe('a banana');
  });
});

describe('a log call never throws', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const throwing = {
    get bad(): string {
      throw new Error('no');
    },
  };
  it.each<[string, Record<string, unknown>]>([
    ['a circle', { circle }],
    ['a getter that throws', { throwing }],
    ['numbers beyond JSON', { big: 2n ** 70n, nan: Number.NaN, date: new Date(Number.NaN) }],
    ['bytes', { bytes: new Uint8Array(1000) }],
    ['a function', { callback: () => 'secret source' }],
    [
      'toJSON that throws',
      {
        value: {
          toJSON: () => {
            throw new Error('no');
          },
        },
      },
    ],
    ['a long list', { list: Array.from({ length: 10_000 }, (_, n) => n) }],
    ['a long text', { long: 'x'.repeat(100_000) }],
  ])('for %s, and the line stays short', (_what, data) => {
    const { log, lines } = collecting();
    log.info('x', data);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'x' });
    expect(lines[0]?.length).toBeLessThan(2_000);
    expect(lines[0]).not.toContain('secret source');
  });

  it('for a sink that is gone', () => {
    const log: ProtectingLog = createLog('debug', {
      write() {
        throw new Error('EPIPE');
      },
    });
    expect(() => log.error('x')).not.toThrow();
  });
});
