import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openStore, type StoreOptions } from '#src/adapters/store/open-store.ts';
import type { IdentityLink } from '#src/domain/actor.ts';
import { accountId, extensionId, roleId } from '#src/domain/ids.ts';
import type { AssignedRole } from '#src/domain/roles.ts';
import type { AuditEntry, Pending, Store, StoredIntent, StoredToken } from '#src/usecases/ports.ts';

/** A clock that tests move by hand. */
export type HandClock = { at: number; now(): number };

export function handClock(at = 1_000_000): HandClock {
  return {
    at,
    now() {
      return this.at;
    },
  };
}

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A folder that is gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-store-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const KEY = new Uint8Array(randomBytes(32));

/** Opens a store that is closed after the test. */
export async function opened(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({
    directory: null,
    encryptionKey: KEY,
    exclusive: false,
    clock: handClock(),
    ...options,
  });
  undo.push(() => store.close());
  return store;
}

export const ACCOUNT = accountId('400131426008');
export const ALICE = extensionId('100101');
export const BOB = extensionId('100102');

export function role(id: string): AssignedRole {
  return { id: roleId(id), displayName: `Role ${id}`, autoAssigned: false, siteRestricted: true };
}

export function entry(action: string, changes: Partial<AuditEntry> = {}): AuditEntry {
  return { at: 1, actor: 'slack:T1:U1', action, subject: null, reference: 'R1', body: '{}', ...changes };
}

export function link(member: string, changes: Partial<IdentityLink> = {}): IdentityLink {
  return {
    platform: 'slack',
    workspace: 'T1',
    member,
    account: ACCOUNT,
    extension: ALICE,
    proof: 'sandbox',
    linkedAt: 5,
    ...changes,
  };
}

export function token(changes: Partial<StoredToken> = {}): StoredToken {
  return {
    accessToken: 'access-1f3870be274f6c49b3e31a0c6728957f',
    refreshToken: 'refresh-9e107d9d372bb6826bd81d3542a419d6',
    expiresAt: 2_000_000,
    refreshExpiresAt: 3_000_000,
    scope: 'ReadAccounts RoleManagement',
    ...changes,
  };
}

export function pending(id: string, changes: Partial<Pending> = {}): Pending {
  return {
    id,
    version: 1,
    kind: 'confirm',
    owner: ALICE,
    state: 'open',
    body: '{"plan":1}',
    createdAt: 1_000_000,
    expiresAt: 1_600_000,
    ...changes,
  };
}

export function intent(
  id: string,
  changes: Partial<Omit<StoredIntent, 'outcome'>> = {},
): Omit<StoredIntent, 'outcome'> {
  return {
    id,
    pendingId: `pending-of-${id}`,
    account: ACCOUNT,
    extension: BOB,
    asker: ALICE,
    reference: 'R1',
    before: [role('1')],
    after: [role('1'), role('2')],
    createdAt: 10,
    ...changes,
  };
}
