import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Keepsakes, Log } from '../../usecases/ports.ts';

/** Where RingCentral is and as which app and account it is spoken to. */
export type Credentials = {
  /** Such as `https://platform.ringcentral.com`. */
  readonly serverUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Credential of the service account. */
  readonly jwt: string;
};

/** Values that outlive the process. Never throws: what cannot be loaded is asked for again. */
export type SealedKeepsakes = {
  /** Null when there is none, or none that these credentials can open and `schema` can read. */
  load<T>(name: string, schema: z.ZodType<T>): Promise<T | null>;
  save(name: string, value: unknown): Promise<void>;
  drop(name: string): Promise<void>;
};

const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D recommends 96 bits, random for each message. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what is kept with a key that the credentials themselves give.
 *
 * Whoever holds them could get the same from RingCentral, and to anybody else it is noise. A value kept for another
 * server, app or account does not open, so it can never be used there.
 */
export function sealKeepsakes(credentials: Credentials, keepsakes: Keepsakes, log: Log): SealedKeepsakes {
  const key = keyOf(credentials);

  async function quietly<T>(what: string, name: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      log.debug(`a keepsake could not be ${what}`, { name, error: error instanceof Error ? error.name : 'unknown' });
      return null;
    }
  }

  return {
    load: (name, schema) =>
      quietly('read', name, async () => {
        const body = await keepsakes.load(name);
        return body === null ? null : schema.parse(JSON.parse(open(key, body, name)));
      }),
    async save(name, value) {
      await quietly('saved', name, () => keepsakes.save(name, seal(key, JSON.stringify(value), name)));
    },
    async drop(name) {
      await quietly('dropped', name, () => keepsakes.drop(name));
    },
  };
}

/** HKDF (RFC 5869). The texts go in as JSON, so that no two sets of credentials are the same bytes. */
function keyOf({ serverUrl, clientId, clientSecret, jwt }: Credentials): Uint8Array {
  const secret = JSON.stringify([clientId, clientSecret, jwt]);
  const purpose = JSON.stringify(['rolecall keepsakes', serverUrl]);
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
}

function seal(key: Uint8Array, plain: string, name: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
  return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Uint8Array, body: Uint8Array, name: string): string {
  const end = body.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(body.subarray(end));
  return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, end)), decipher.final()]).toString('utf8');
}
