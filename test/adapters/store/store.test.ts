import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#src/adapters/store/open-file.ts';
import { storable } from '#src/adapters/store/text.ts';
import { freshFolder, opened } from './open.ts';
import { ACCOUNT, ALICE, BOB, entry, link } from './values.ts';

describe('identity links', () => {
  it('does not find a link that has ended, until it is proved again', async () => {
    const directory = freshFolder();
    const store = await opened({ directory });
    await store.links.save(link('U1'), entry('link'));
    const database = new DatabaseSync(join(directory, DATABASE_FILE));
    database.exec('update identity_link set unlinked_at = 7');
    database.close();
    expect(await store.links.find('T1', 'U1')).toBeNull();
    await store.links.save(link('U1', { linkedAt: 8 }), entry('link'));
    expect(await store.links.find('T1', 'U1')).toEqual(link('U1', { linkedAt: 8 }));
  });
});

describe('text to be stored', () => {
  it('is well formed before it is stored, so that what is hashed is what is read back', () => {
    expect(storable('a\0b\ud800c\udc00d 🎺')).toBe('ab\ufffdc\ufffdd 🎺');
  });
});

describe('a store that is opened again', () => {
  it('frees what an earlier service held, and leaves alone what a command holds', async () => {
    const directory = freshFolder();
    const service = await opened({ directory, exclusive: true });
    const command = await opened({ directory, exclusive: false });
    await service.lease(ACCOUNT, BOB, 'a', 1000, 500);
    await command.lease(ACCOUNT, ALICE, 'b', 1000, 500);
    await service.close();
    const next = await opened({ directory, exclusive: true });
    expect(await next.lease(ACCOUNT, BOB, 'c', 1001, 500)).toMatchObject({ fence: 2 });
    expect(await next.lease(ACCOUNT, ALICE, 'c', 1001, 500)).toBeNull();
  });

  it('leaves the leases of a running service alone when a command opens beside it', async () => {
    const directory = freshFolder();
    const service = await opened({ directory, exclusive: true });
    await service.lease(ACCOUNT, BOB, 'a', 1000, 500);
    const command = await opened({ directory, exclusive: false });
    expect(await command.lease(ACCOUNT, BOB, 'b', 1001, 500)).toBeNull();
  });
});
