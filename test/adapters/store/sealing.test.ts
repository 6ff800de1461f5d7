import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { openStore } from '#src/adapters/store/open-store.ts';
import { sealerOf } from '#src/adapters/store/sealing.ts';
import type { Log } from '#src/usecases/ports.ts';
import { freshFolder, handClock, opened } from './open.ts';
import { ALICE, BOB, token } from './values.ts';

const OTHER_KEY = new Uint8Array(randomBytes(32));

function raw(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, DATABASE_FILE));
  database.exec(sql);
  database.close();
}

describe('a stored sign-in', () => {
  it('cannot be read from the files', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    await store.tokens.save(ALICE, token());
    for (const file of readdirSync(directory)) {
      const bytes = readFileSync(join(directory, file)).toString('latin1');
      expect(bytes).not.toContain(token().accessToken);
      expect(bytes).not.toContain(token().refreshToken);
      expect(bytes).not.toContain('RoleManagement');
    }
    expect(readFileSync(join(directory, `${DATABASE_FILE}-wal`)).includes(ALICE)).toBe(true);
  });

  it('under another key is a clear fault, is told at the start, and is not lost', async () => {
    const directory = freshFolder();
    const first = await opened({ directory });
    await first.tokens.save(ALICE, token());
    await first.close();
    const warnings: [string, unknown][] = [];
    const log = { warn: (message: string, data: unknown) => warnings.push([message, data]) } as unknown as Log;
    const wrong = await opened({ directory, encryptionKey: OTHER_KEY, log });
    expect(warnings).toEqual([
      [expect.stringContaining('Nothing was deleted. Put the earlier key back'), { count: 1 }],
    ]);
    await expect(wrong.tokens.load(ALICE)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(/another key than ROLECALL_ENCRYPTION_KEY\. Nothing was deleted\./),
    });
    await wrong.close();
    const right = await opened({ directory, log });
    expect(await right.tokens.load(ALICE)).toEqual(token());
    expect(warnings).toHaveLength(1);
  });

  it('under a lost key is mended by connecting again', async () => {
    const directory = freshFolder();
    await (await opened({ directory })).tokens.save(ALICE, token());
    const wrong = await opened({ directory, encryptionKey: OTHER_KEY });
    await wrong.tokens.save(ALICE, token({ accessToken: 'new' }));
    expect((await wrong.tokens.load(ALICE))?.accessToken).toBe('new');
  });

  it('copied to another person does not open', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    await store.tokens.save(ALICE, token());
    raw(directory, `update oauth_token set owner = '${BOB}'`);
    await expect(store.tokens.load(BOB)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('altered or damaged'),
    });
  });

  it('needs a key: commands without one get a fault, and change nothing', async () => {
    const directory = freshFolder();
    const keyed = await opened({ directory });
    await keyed.tokens.save(ALICE, token());
    const keyless = await opened({ directory, encryptionKey: null });
    const fault = { code: 'config-invalid', message: expect.stringContaining('ROLECALL_ENCRYPTION_KEY is not set') };
    await expect(keyless.tokens.load(ALICE)).rejects.toMatchObject(fault);
    await expect(keyless.tokens.save(ALICE, token())).rejects.toMatchObject(fault);
    expect(await keyless.tokens.load(BOB)).toBeNull();
    expect(await keyed.tokens.load(ALICE)).toEqual(token());
  });

  it('needs a key of 32 bytes', async () => {
    const opening = openStore({
      directory: null,
      encryptionKey: new Uint8Array(16),
      exclusive: false,
      clock: handClock(),
    });
    await expect(opening).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('32 bytes'),
    });
  });
});

describe('the seal', () => {
  const sealer = sealerOf(new Uint8Array(randomBytes(32)));

  it('opens to what went in, for its owner, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, owner) => {
        const [one, two] = [sealer.seal(plain, owner), sealer.seal(plain, owner)];
        expect(sealer.open(one, owner)).toBe(plain);
        expect(Buffer.from(one.nonce).equals(two.nonce)).toBe(false);
        expect(() => sealer.open(one, `${owner}x`)).toThrow('altered or damaged');
      }),
    );
  });

  it('breaks when any single bit is changed or the end is cut off', () => {
    const sealed = sealer.seal('a secret', 'o');
    const bit = fc.nat({ max: sealed.ciphertext.length * 8 - 1 });
    fc.assert(
      fc.property(bit, fc.boolean(), (at, inNonce) => {
        const copy = { ...sealed, nonce: Buffer.from(sealed.nonce), ciphertext: Buffer.from(sealed.ciphertext) };
        const bytes = inNonce ? copy.nonce : copy.ciphertext;
        const index = (at >> 3) % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << (at & 7));
        expect(() => sealer.open(copy, 'o')).toThrow('altered or damaged');
      }),
    );
    for (let length = 0; length < sealed.ciphertext.length; length += 1) {
      const cut = { ...sealed, ciphertext: sealed.ciphertext.subarray(0, length) };
      expect(() => sealer.open(cut, 'o')).toThrow('altered or damaged');
    }
  });

  it('names its key without telling it', () => {
    const key = new Uint8Array(randomBytes(32));
    expect(sealerOf(key).keyId).toBe(sealerOf(new Uint8Array(key)).keyId);
    expect(sealerOf(key).keyId).not.toBe(sealer.keyId);
    expect(Buffer.from(key).toString('hex')).not.toContain(sealerOf(key).keyId);
  });
});
