import type { ExtensionId } from '#src/domain/ids.ts';
import type { Store, StoredToken } from '#src/usecases/ports.ts';
import type { Handle } from './handle.ts';
import type { Sealer } from './sealing.ts';

/** Sign-ins of people, encrypted; only the instants of their end lie open. */
export function tokensOf({ read, write }: Handle, sealer: Sealer): Store['tokens'] {
  async function load(extension: ExtensionId): Promise<StoredToken | null> {
    const row = await read((db) =>
      db.selectFrom('oauth_token').selectAll().where('owner', '=', extension).executeTakeFirst(),
    );
    if (!row) return null;
    const plain = sealer.open({ keyId: row.key_id, nonce: row.nonce, ciphertext: row.ciphertext }, extension);
    return JSON.parse(plain) as StoredToken;
  }

  async function save(extension: ExtensionId, token: StoredToken): Promise<void> {
    const sealed = sealer.seal(JSON.stringify(token), extension);
    const facts = {
      key_id: sealed.keyId,
      nonce: sealed.nonce,
      ciphertext: sealed.ciphertext,
      expires_at: token.expiresAt,
      refresh_expires_at: token.refreshExpiresAt,
    };
    await write((trx) =>
      trx
        .insertInto('oauth_token')
        .values({ owner: extension, ...facts })
        .onConflict((conflict) =>
          conflict.column('owner').doUpdateSet((eb) => ({ ...facts, version: eb('oauth_token.version', '+', 1) })),
        )
        .execute(),
    );
  }

  async function drop(extension: ExtensionId): Promise<void> {
    await write((trx) => trx.deleteFrom('oauth_token').where('owner', '=', extension).execute());
  }

  return { load, save, drop };
}

/** How many sign-ins were stored under another key than the present one. */
export async function countUnreadable({ read }: Handle, sealer: Sealer): Promise<number> {
  const row = await read((db) =>
    db
      .selectFrom('oauth_token')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('key_id', '!=', sealer.keyId)
      .executeTakeFirstOrThrow(),
  );
  return Number(row.count);
}
