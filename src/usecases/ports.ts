import type { IdentityLink } from '../domain/actor.ts';
import type { Authority } from '../domain/authority.ts';
import type { ChangeOutcome } from '../domain/change.ts';
import type { AccountId, ExtensionId, PermissionId, RoleId } from '../domain/ids.ts';
import type { Account, Extension, Site } from '../domain/people.ts';
import type { ActivePermission, Permission } from '../domain/permissions.ts';
import type { AssignedRole, Role, RoleSummary, RoleToAssign } from '../domain/roles.ts';

/** The one source of time; UTC epoch milliseconds. */
export type Clock = { now(): number };

/** Source of opaque ids and short references; injected so that tests are repeatable. */
export type Ids = {
  /** At least 128 random bits, URL-safe. */
  opaque(): string;
  /** Short reference that people can read out. */
  reference(): string;
};

export type Call = {
  readonly signal?: AbortSignal;
  /** Revocations go before other writes, those before reads; `background` goes last. By default the effect decides. */
  readonly urgency?: 'revocation' | 'background';
  /** Longest wait for the call budget before a `rate-limited` fault; milliseconds. */
  readonly maxWaitMs?: number;
};

/**
 * RingCentral's directory of roles and rights, spoken as one identity: the service account or one person.
 *
 * Everything here is a fresh call. Each method may throw a `Fault`.
 */
export interface RoleDirectory {
  /** App permissions of the live token, as RingCentral printed them, with documented inclusions expanded. */
  appPermissions(call?: Call): Promise<readonly string[]>;
  /** Extension the token belongs to. */
  owner(call?: Call): Promise<ExtensionId>;
  /** Checks the token owner's permission over a target; only ever the owner's own profile. */
  checkOwnPermission(
    permission: PermissionId,
    target: ExtensionId | null,
    call?: Call,
  ): Promise<{ readonly successful: boolean; readonly details: ActivePermission | null }>;
  readOwnProfile(call?: Call): Promise<readonly ActivePermission[]>;
  readAssignedRoles(extension: ExtensionId, call?: Call): Promise<readonly AssignedRole[]>;
  /** The whole account in one listing, hidden roles included. Pages are followed if the server pages. */
  listAssignedRoles(
    call?: Call,
  ): Promise<readonly { readonly extension: ExtensionId; readonly roles: readonly AssignedRole[] }[]>;
  readRole(role: RoleId, call?: Call): Promise<Role>;
  listRoles(custom: boolean | null, call?: Call): Promise<readonly RoleSummary[]>;
  readDefaultRole(call?: Call): Promise<RoleSummary>;
  listAdministeredSites(extension: ExtensionId, call?: Call): Promise<readonly Site[]>;
  listAssignableRoles(extension: ExtensionId, call?: Call): Promise<readonly RoleSummary[]>;
  readExtension(extension: ExtensionId, call?: Call): Promise<Extension>;
  /** Full replacement: every role left out is lost. */
  replaceAssignedRoles(
    authority: Authority<'assign'>,
    extension: ExtensionId,
    roles: readonly RoleToAssign[],
    call?: Call,
  ): Promise<readonly AssignedRole[]>;
  assignDefaultRole(
    authority: Authority<'reset'>,
    extension: ExtensionId,
    call?: Call,
  ): Promise<readonly AssignedRole[]>;
}

/** The identities through which the directory can be spoken. */
export interface Directories {
  readonly service: RoleDirectory;
  /** The person's own token, when they are linked with one; null otherwise. */
  as(extension: ExtensionId): Promise<RoleDirectory | null>;
}

/** Names of the account: cached, with age. Never used to decide a right. */
export type Names = {
  readonly account: Account;
  readonly people: readonly Extension[];
  readonly sites: readonly Site[];
  readonly departments: readonly string[];
  readonly roles: readonly RoleSummary[];
  readonly permissions: readonly Permission[];
  readonly readAt: number;
  byId(extension: ExtensionId): Extension | undefined;
  byNumber(number: string): Extension | undefined;
  roleByName(displayName: string): RoleSummary | undefined;
  permissionById(id: string): Permission | undefined;
};

export interface NameIndex {
  /** The index as it is; loads it the first time. Refreshed in the background when older than its age limit. */
  current(): Promise<Names>;
  /** Reads everything again, e.g. after a name was not found. */
  refresh(): Promise<Names>;
}

export type StoredToken = {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: number;
  readonly refreshExpiresAt: number | null;
  readonly scope: string;
};

/** A question that waits for one person's click: a plan to confirm or a choice to make. */
export type Pending = {
  readonly id: string;
  readonly version: number;
  readonly kind: 'confirm' | 'choose';
  readonly owner: ExtensionId;
  readonly state: 'open' | 'taken' | 'done' | 'cancelled' | 'expired';
  /** JSON that the use case wrote: the frozen plan, or the understanding and the candidates. */
  readonly body: string;
  readonly createdAt: number;
  readonly expiresAt: number;
};

export type AuditEntry = {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly reference: string;
  /** JSON without secrets. */
  readonly body: string;
};

export type StoredIntent = {
  readonly id: string;
  readonly pendingId: string;
  readonly account: AccountId;
  readonly extension: ExtensionId;
  readonly asker: ExtensionId;
  readonly reference: string;
  /** JSON lists of AssignedRole. */
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly createdAt: number;
  readonly outcome: ChangeOutcome | null;
};

export interface Store {
  links: {
    find(workspace: string, member: string): Promise<IdentityLink | null>;
    findMany(workspace: string, members: readonly string[]): Promise<readonly IdentityLink[]>;
    save(link: IdentityLink, audit: AuditEntry): Promise<void>;
  };
  tokens: {
    load(extension: ExtensionId): Promise<StoredToken | null>;
    save(extension: ExtensionId, token: StoredToken): Promise<void>;
    drop(extension: ExtensionId): Promise<void>;
  };
  /** True once for each (source, key) until it expires: the first claimer works, the others stop. */
  claimOnce(source: string, key: string, expiresAt: number): Promise<boolean>;
  pending: {
    save(pending: Pending, audit: AuditEntry | null): Promise<void>;
    load(id: string): Promise<Pending | null>;
    /** Compare-and-set; false when somebody else was first or the version differs. */
    move(
      id: string,
      version: number,
      from: Pending['state'],
      to: Pending['state'],
      audit: AuditEntry | null,
    ): Promise<boolean>;
  };
  /** Exclusive for one extension while held; null when somebody else holds it. Runs out by itself. */
  lease(account: AccountId, extension: ExtensionId, holder: string, now: number, ttlMs: number): Promise<Lease | null>;
  intents: {
    /** Writes the intent and its audit entry in one transaction, before the call. */
    record(intent: Omit<StoredIntent, 'outcome'>, audit: AuditEntry): Promise<void>;
    /** Writes the outcome and its audit entry in one transaction, after the call; false when already settled. */
    settle(id: string, outcome: ChangeOutcome, audit: AuditEntry): Promise<boolean>;
    unsettled(): Promise<readonly StoredIntent[]>;
  };
  /** What a thread was last about, for follow-ups; belongs to one asker. */
  threads: {
    load(thread: string, owner: ExtensionId): Promise<string | null>;
    save(thread: string, owner: ExtensionId, body: string, expiresAt: number): Promise<void>;
  };
  audit: {
    append(entry: AuditEntry): Promise<void>;
    list(limit: number): Promise<readonly AuditEntry[]>;
  };
  close(): Promise<void>;
}

/** What one process leaves behind for the next on the same store. Losing any of it costs time, nothing else. */
export interface Keepsakes {
  load(name: string): Promise<Uint8Array | null>;
  save(name: string, body: Uint8Array): Promise<void>;
  drop(name: string): Promise<void>;
}

export type Lease = { readonly fence: number; readonly until: number; release(): Promise<void> };

/** Structured log without bodies or secrets. */
export type Log = {
  debug(message: string, data?: Record<string, unknown>): void;
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
};

/** Partners of the second system, by name. */
export interface PartnerDirectory {
  listPartners(): Promise<readonly { readonly sid: string; readonly name: string }[]>;
}
