import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Fault } from '#src/domain/faults.ts';

const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D recommends 96 bits, random for each message. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret as it lies in the database. */
type Sealed = { readonly keyId: string; readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

/** Encrypts what only this installation may read. */
export type Sealer = {
  /** Names the key without telling anything of it. */
  readonly keyId: string;
  seal(plain: string, owner: string): Sealed;
  /** @throws {Fault} `config-invalid` for another key, `store-unavailable` for an altered record */
  open(sealed: Sealed, owner: string): string;
};

/**
 * Makes a sealer of AES-256-GCM. Owner and key id are bound in, so a record copied to another owner does not open.
 *
 * @throws {Fault} `config-invalid` when the key is not 32 bytes
 */
export function sealerOf(key: Uint8Array): Sealer {
  if (key.length !== 32) throw new Fault('config-invalid', 'ROLECALL_ENCRYPTION_KEY must hold 32 bytes.');
  const secret = Buffer.from(key);
  const keyId = createHash('sha256').update('rolecall key id\n').update(secret).digest('hex').slice(0, 16);
  return {
    keyId,
    seal: (plain, owner) => seal(secret, keyId, plain, owner),
    open(sealed, owner) {
      if (sealed.keyId !== keyId) throw otherKey();
      return unseal(secret, sealed, owner);
    },
  };
}

/** A sealer for commands that run without a key: it neither reads nor writes a secret. */
export function noSealer(): Sealer {
  const refuse = () => {
    throw new Fault(
      'config-invalid',
      'ROLECALL_ENCRYPTION_KEY is not set, so stored sign-ins can be neither read nor saved. Nothing was changed. Set it to the key that the service uses.',
    );
  };
  return { keyId: 'none', seal: refuse, open: refuse };
}

function seal(key: Buffer, keyId: string, plain: string, owner: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(owner, keyId));
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { keyId, nonce, ciphertext };
}

function unseal(key: Buffer, sealed: Sealed, owner: string): string {
  try {
    const end = sealed.ciphertext.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, key, sealed.nonce, { authTagLength: TAG_BYTES })
      .setAAD(boundTo(owner, sealed.keyId))
      .setAuthTag(sealed.ciphertext.subarray(end));
    return Buffer.concat([decipher.update(sealed.ciphertext.subarray(0, end)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Fault(
      'store-unavailable',
      'A stored sign-in was altered or damaged and cannot be read. Nothing was deleted. The person has to connect their RingCentral account again.',
      {},
      { cause: error },
    );
  }
}

function boundTo(owner: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify(['oauth_token', owner, keyId]));
}

function otherKey(): Fault {
  return new Fault(
    'config-invalid',
    'A stored sign-in was encrypted with another key than ROLECALL_ENCRYPTION_KEY. Nothing was deleted. Put the earlier key back and start again; if it is lost, the person has to connect their RingCentral account again.',
  );
}
