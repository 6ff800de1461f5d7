import type { Authority } from '../domain/authority.ts';
import type { ExtensionId, PermissionId, RoleId } from '../domain/ids.ts';
import type { Partner } from '../domain/partners.ts';
import type { Account, Extension, Site } from '../domain/people.ts';
import type { ActivePermission, Permission } from '../domain/permissions.ts';
import type { Reply } from '../domain/reply.ts';
import type { AssignedRole, Role, RoleDraft, RoleInFull, RoleSummary, RoleToAssign } from '../domain/roles.ts';

export type * from './store-port.ts';

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
  /** Told of each answer of RingCentral as it arrives, refusals included. */
  readonly onAnswer?: (answered: AnsweredCall) => void;
};

/** What RingCentral's support finds one call by. */
export type AnsweredCall = {
  /** The operation by its official id. */
  readonly operation: string;
  readonly status: number;
  /** RingCentral's own id of the request; null where the answer named none. */
  readonly requestId: string | null;
};

/**
 * RingCentral's directory of roles and rights, spoken as one identity: the service account or one person.
 *
 * Everything here is a fresh call. Each method may throw a `Fault`.
 */
export interface RoleDirectory {
  /** App permissions of the live token, as RingCentral printed them, with documented inclusions expanded. */
  appPermissions(call?: Call): Promise<readonly string[]>;
  /** App permissions exactly as the token's `scope` prints them. */
  printedAppPermissions(call?: Call): Promise<readonly string[]>;
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
  /** What is available to the token's owner on an extension; `InsufficientPermissions` speaks of the owner. */
  readFeatures(extension: ExtensionId, features: readonly string[], call?: Call): Promise<readonly Feature[]>;
  /** Makes one documented read and tells how it ended; what it answered is dropped unread. */
  probe(wish: Probe, call?: Call): Promise<ProbeResult>;
  /** Full replacement: every role left out is lost. */
  replaceAssignedRoles(
    authority: Authority<'assign'>,
    extension: ExtensionId,
    roles: readonly RoleToAssign[],
    call?: Call,
  ): Promise<readonly AssignedRole[]>;
  /**
   * Gives one role to many people and takes it from others, whatever else they have. Whether giving replaces their other
   * roles is not documented: read back.
   */
  assignToMany(
    authority: Authority<'assign-bulk'>,
    role: RoleToAssign,
    people: { readonly added: readonly ExtensionId[]; readonly removed: readonly ExtensionId[] },
    call?: Call,
  ): Promise<void>;
  assignDefaultRole(
    authority: Authority<'reset'>,
    extension: ExtensionId,
    call?: Call,
  ): Promise<readonly AssignedRole[]>;
  /** Every line of the role's list with its capabilities, where the account has RingCentral's advanced permissions. */
  readRoleInFull(role: RoleId, call?: Call): Promise<RoleInFull>;
  /** What comes back may lack permissions of the draft: read back and compare before saying "done". */
  createRole(authority: Authority<'edit-role'>, draft: RoleDraft, call?: Call): Promise<RoleId>;
  /** Full replacement: what the draft leaves out is lost. */
  updateRole(authority: Authority<'edit-role'>, role: RoleId, draft: RoleDraft, call?: Call): Promise<void>;
  deleteRole(authority: Authority<'edit-role'>, role: RoleId, call?: Call): Promise<void>;
  /** Asks whether the role could be deleted; deletes nothing. A fault is the "no". */
  checkRoleDeletion(authority: Authority<'edit-role'>, role: RoleId, call?: Call): Promise<void>;
  changeDefaultRole(authority: Authority<'default-role'>, role: RoleId, call?: Call): Promise<void>;
}

/** A feature of the account or of an extension. */
type Feature = {
  readonly id: string;
  readonly available: boolean;
  readonly reason: { readonly code: string | null; readonly permission: string | null } | null;
};

/** A documented read to try: the operation by its official id, and the values of its path and query. */
export type Probe = {
  readonly operationId: string;
  readonly segments: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
};

/** How a tried call ended. */
export type ProbeResult = {
  readonly status: number;
  readonly errorCode: string | null;
  readonly missing: string | null;
};

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

/** What one process leaves behind for the next on the same store. Losing any of it costs time, nothing else. */
export interface Keepsakes {
  load(name: string): Promise<Uint8Array | null>;
  save(name: string, body: Uint8Array): Promise<void>;
  drop(name: string): Promise<void>;
}

/** Small documents that several instances change in turn, such as what they have spent of one call budget. */
export interface SharedState {
  /**
   * Changes the document of a name while nobody else can, and gives what `change` found on the way.
   *
   * @param change - from the document, null when there is none, and the present by the clock that all share; no effects
   */
  change<T>(
    name: string,
    change: (body: string | null, now: number) => { readonly body: string; readonly result: T },
  ): Promise<T>;
}

/** Structured log without bodies or secrets. */
export type Log = {
  debug(message: string, data?: Record<string, unknown>): void;
  info(message: string, data?: Record<string, unknown>): void;
  warn(message: string, data?: Record<string, unknown>): void;
  error(message: string, data?: Record<string, unknown>): void;
};

/** Partners of CarrierX, read only. Each method is a fresh call and may throw a `Fault` whose code begins with `partners-`. */
export interface PartnerDirectory {
  /** Every partner that CarrierX shows, to the last page, with scopes as the list has them. */
  listPartners(): Promise<readonly Partner[]>;
  /** One partner; CarrierX documents its scopes here. */
  readPartner(sid: string): Promise<Partner>;
}

/** Tells people what they did not just ask for: in private, in every chat where they are linked. */
export interface Teller {
  /**
   * Tells one person. A `topic` takes the place of what they were told about it before, where the chat can do that.
   *
   * @returns whether at least one chat took it; false also for people who are linked in none
   */
  tell(to: ExtensionId, reply: Reply, topic?: string): Promise<boolean>;
  /** Tells those who watch over roles, in the channel set for it; false where none is set or it did not take it. */
  announce(reply: Reply, topic?: string): Promise<boolean>;
}
