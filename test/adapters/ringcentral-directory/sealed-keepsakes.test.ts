import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Credentials, sealKeepsakes } from '#src/adapters/ringcentral-directory/sealed-keepsakes.ts';
import { memoryKeepsakes, memoryLog } from './kit.ts';

const CREDENTIALS: Credentials = {
  serverUrl: 'https://ringcentral.test',
  clientId: 'the-app',
  clientSecret: 'app-secret-value',
  jwt: 'jwt-secret-value',
};
const VALUE = z.object({ accessToken: z.string() });
const SECRET = { accessToken: 'access-service' };

describe('what is kept between processes', () => {
  it('opens again with the same credentials', async () => {
    const { keepsakes } = memoryKeepsakes();
    await sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log).save('session', SECRET);
    const next = sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log);
    expect(await next.load('session', VALUE)).toEqual(SECRET);
  });

  it('holds nothing that can be read without them', async () => {
    const { keepsakes, bodies } = memoryKeepsakes();
    await sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log).save('session', SECRET);
    const stored = Buffer.from(bodies.get('session') ?? []).toString('latin1');
    expect(stored).not.toBe('');
    for (const text of [SECRET.accessToken, 'accessToken', ...Object.values(CREDENTIALS)]) {
      expect(stored).not.toContain(text);
    }
  });

  it.each([
    ['server', { serverUrl: 'https://other.test' }],
    ['app', { clientId: 'another-app' }],
    ['secret of the app', { clientSecret: 'another-secret' }],
    ['account', { jwt: 'another-jwt' }],
  ])('does not open for another %s', async (_what, other) => {
    const { keepsakes } = memoryKeepsakes();
    await sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log).save('session', SECRET);
    const stranger = sealKeepsakes({ ...CREDENTIALS, ...other }, keepsakes, memoryLog().log);
    expect(await stranger.load('session', VALUE)).toBeNull();
  });

  it('does not take texts for others where they run together', async () => {
    const { keepsakes } = memoryKeepsakes();
    const shifted = { ...CREDENTIALS, clientId: 'the-appapp', clientSecret: '-secret-value' };
    await sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log).save('session', SECRET);
    expect(await sealKeepsakes(shifted, keepsakes, memoryLog().log).load('session', VALUE)).toBeNull();
  });

  it.each([
    ['cut off', (body: Uint8Array) => body.subarray(0, 5)],
    ['empty', () => new Uint8Array()],
    ['altered', (body: Uint8Array) => body.map((byte, index) => (index === 20 ? byte ^ 1 : byte))],
  ])('counts as nothing when it is %s', async (_what, spoil) => {
    const { keepsakes, bodies } = memoryKeepsakes();
    const sealed = sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log);
    await sealed.save('session', SECRET);
    bodies.set('session', spoil(bodies.get('session') ?? new Uint8Array()));
    expect(await sealed.load('session', VALUE)).toBeNull();
  });

  it('counts as nothing under another name or in another form', async () => {
    const { keepsakes, bodies } = memoryKeepsakes();
    const sealed = sealKeepsakes(CREDENTIALS, keepsakes, memoryLog().log);
    await sealed.save('session', SECRET);
    bodies.set('names', bodies.get('session') ?? new Uint8Array());
    expect(await sealed.load('names', VALUE)).toBeNull();
    expect(await sealed.load('session', z.object({ people: z.array(z.string()) }))).toBeNull();
  });

  it('never fails what needs it, and says only which one it was', async () => {
    const broken = () => Promise.reject(new Error('disk with app-secret-value'));
    const { log, lines } = memoryLog();
    const sealed = sealKeepsakes(CREDENTIALS, { load: broken, save: broken, drop: broken }, log);
    expect(await sealed.load('session', VALUE)).toBeNull();
    await sealed.save('session', SECRET);
    await sealed.drop('session');
    expect(lines.map((line) => line.data)).toEqual([
      { name: 'session', error: 'Error' },
      { name: 'session', error: 'Error' },
      { name: 'session', error: 'Error' },
    ]);
  });
});
