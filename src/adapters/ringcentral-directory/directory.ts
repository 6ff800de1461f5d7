import type { AccountId, ExtensionId, PermissionId, RoleId, SiteId } from '../../domain/ids.ts';
import type { Extension, Site } from '../../domain/people.ts';
import type { Permission } from '../../domain/permissions.ts';
import type { Role, RoleSummary } from '../../domain/roles.ts';
import type { Call, RoleDirectory } from '../../usecases/ports.ts';
import type { Progress } from './read.ts';

/** Changes of roles themselves and of many people at once. */
export type RoleAdministration = Pick<
  RoleDirectory,
  | 'readRoleInFull'
  | 'createRole'
  | 'updateRole'
  | 'deleteRole'
  | 'checkRoleDeletion'
  | 'changeDefaultRole'
  | 'assignToMany'
>;

type PermissionCategory = {
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
};

/** RingCentral's dictionaries: the same for all accounts of a service plan, readable with any token. */
export interface Dictionaries {
  listStandardRoles(call?: Call): Promise<readonly RoleSummary[]>;
  readStandardRole(role: RoleId, call?: Call): Promise<Role>;
  listPermissions(assignable: boolean | null, call?: Call): Promise<readonly Permission[]>;
  readPermission(permission: PermissionId, call?: Call): Promise<Permission>;
  listPermissionCategories(call?: Call): Promise<readonly PermissionCategory[]>;
  readPermissionCategory(id: string, call?: Call): Promise<PermissionCategory>;
}

type SiteMember = {
  readonly id: ExtensionId;
  readonly number: string | null;
  readonly name: string | null;
  readonly type: string | null;
};

/** A line of the company directory; every user type comes back as `User` there. */
type DirectoryEntry = Omit<Extension, 'number' | 'name' | 'type' | 'status'> & {
  readonly number: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly status: string | null;
};

/** People and places of the account. */
export interface PeopleDirectory {
  readAccount(
    call?: Call,
  ): Promise<{ readonly id: AccountId; readonly mainNumber: string | null; readonly zone: string | null }>;
  /** All statuses, except extensions without a number, which nobody can name. */
  listExtensions(
    call?: Call,
    progress?: Progress,
  ): Promise<{ readonly extensions: readonly Extension[]; readonly companies: readonly string[] }>;
  listSites(call?: Call): Promise<readonly Site[]>;
  readSite(site: SiteId, call?: Call): Promise<Site>;
  listSiteMembers(site: SiteId, call?: Call): Promise<readonly SiteMember[]>;
  listEntries(site: SiteId | null, call?: Call): Promise<readonly DirectoryEntry[]>;
  searchEntries(words: string, call?: Call): Promise<readonly DirectoryEntry[]>;
}

/** What is kept of a call: enough to know that it may be seen, nothing of who spoke. */
type SeenCall = { readonly id: string; readonly startTime: string | null; readonly recording: string | null };

/** Reads that show whether the token may see calls and recordings. */
export interface CallDirectory {
  /** `account` for the whole company. */
  readCallLog(of: ExtensionId | 'account', call?: Call): Promise<readonly SeenCall[]>;
  listActiveCalls(of: ExtensionId | 'account', call?: Call): Promise<readonly SeenCall[]>;
  readRecording(
    recording: string,
    call?: Call,
  ): Promise<{ readonly id: string; readonly contentType: string | null; readonly durationSeconds: number | null }>;
}

/** Everything that the adapter can say as one identity. */
export type FullDirectory = RoleDirectory & RoleAdministration & Dictionaries & PeopleDirectory & CallDirectory;
