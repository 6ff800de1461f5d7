import type { IdentityLink } from '#src/domain/actor.ts';
import { accountId, extensionId, roleId } from '#src/domain/ids.ts';
import type { AssignedRole } from '#src/domain/roles.ts';
import type { AuditEntry, Pending, StoredIntent, StoredToken } from '#src/usecases/ports.ts';

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
    undoes: null,
    ...changes,
  };
}
