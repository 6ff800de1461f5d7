import { readFileSync } from 'node:fs';
import {
  accountId,
  type ExtensionId,
  extensionId,
  extensionNumber,
  permissionId,
  roleId,
  siteId,
} from '#src/domain/ids.ts';
import type { Extension, Site } from '#src/domain/people.ts';
import type { Permission, PermissionScope } from '#src/domain/permissions.ts';
import type { AssignedRole, Role } from '#src/domain/roles.ts';

type Entry = {
  readonly ext: string;
  readonly name: string;
  readonly type: string;
  readonly department?: string;
  readonly site: string;
  readonly roles?: readonly string[];
  readonly status?: string;
  readonly email?: string;
};

const FILE = JSON.parse(readFileSync(new URL('../../sandbox/account.json', import.meta.url), 'utf8')) as {
  readonly people: readonly Entry[];
  readonly roles: readonly { readonly id: string; readonly displayName: string; readonly custom: boolean }[];
};

export const ACCOUNT = { id: accountId(400100200), name: 'Cobalt Lane Clinics', zone: null };

const SITES: Readonly<Record<string, Site>> = {
  'Main Site': { id: siteId('main-site'), name: 'Main Site' },
  Denver: { id: siteId('501'), name: 'Denver' },
  Berlin: { id: siteId('502'), name: 'Berlin' },
};

/** Every site of the company. */
export const ALL_SITES = Object.values(SITES);
export const DENVER = SITES.Denver as Site;

/** The internal id of a short number: never the number itself. */
export function idOf(number: string): ExtensionId {
  return extensionId(`63${number}01`);
}

/** Everybody of the account file, as the directory lists them. */
export function buildPeople(): Extension[] {
  return FILE.people.map((entry) => ({
    id: idOf(entry.ext),
    number: extensionNumber(entry.ext),
    name: entry.name,
    email: entry.email ?? null,
    type: entry.type,
    status: entry.status ?? 'Enabled',
    department: entry.department ?? null,
    site: SITES[entry.site] ?? null,
  }));
}

/** What a role holds, with the reach that only RingCentral's own profile shows. */
export type TrueRole = Role & { readonly reach: ReadonlyMap<string, PermissionScope> };

const STANDARD = {
  Self: 'Meetings ReadCallLog ReadCallRecordings ReadMessages EditMessages BusinessSms InternationalCalls DomesticCalls ReadAssignedRoles ThirdPartyAppAccess',
  Account: 'ReadExtensions ReadCompanyInfo',
};
const DESK = {
  Self: 'BusinessSms EditMessages ReadMessages DomesticCalls ReadAssignedRoles ThirdPartyAppAccess',
  Account: 'ReadExtensions ReadCompanyInfo',
};

type Held = Readonly<Partial<Record<PermissionScope, string>>>;

const CONTENTS: Readonly<Record<string, readonly [scope: PermissionScope, ...held: Held[]]>> = {
  'Standard (International)': ['Self', STANDARD],
  Standard: ['Self', { ...STANDARD, Self: STANDARD.Self.replace('InternationalCalls ', '') }],
  'Phone System Admin': ['AllExtensions', STANDARD, { AllExtensions: 'PhonesAndDevices', Account: 'CompanyNumbers' }],
  'Billing Admin': ['Account', STANDARD, { Account: 'BillingInfo PaymentMethod' }],
  'User Admin': [
    'AllExtensions',
    STANDARD,
    { AllExtensions: 'EditAssignedRoles ReadAssignedRoles', UserExtensions: 'Users', Account: 'ReadUserRoles' },
  ],
  Manager: [
    'AllExtensions',
    STANDARD,
    { AllExtensions: 'ReadCompanyCallLog ReadCompanyCallRecordings', Account: 'QoSReports' },
  ],
  'Front Desk': ['Self', DESK],
  'Night Desk': ['Self', { ...DESK, Self: `${DESK.Self.replace(' ThirdPartyAppAccess', '')} ReadCallLog` }],
  Reports: [
    'AllExtensions',
    { Self: 'ReadAssignedRoles', Account: 'ReadExtensions QoSReports', AllExtensions: 'ReadCompanyCallLog' },
  ],
  Support: ['Self', { ...DESK, Self: `${DESK.Self} Meetings` }],
  'Support Lead': [
    'AllExtensions',
    { ...DESK, Self: `${DESK.Self} Meetings` },
    { AllExtensions: 'ReadCompanyCallRecordings' },
  ],
  'Role Steward': [
    'AllExtensions',
    { Self: 'ThirdPartyAppAccess', UserExtensions: 'Users' },
    {
      AllExtensions: 'ReadAssignedRoles EditAssignedRoles Roles',
      Account: 'ReadUserRoles EditUserRoles ReadExtensions',
    },
  ],
};

const EVERYTHING = Object.values(CONTENTS).flatMap(([, ...held]) => held);
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  EditMessages: ['ReadMessages'],
  EditAssignedRoles: ['ReadAssignedRoles'],
  EditUserRoles: ['ReadUserRoles'],
};

/** The account's roles with what they hold. */
export function buildRoles(): TrueRole[] {
  return FILE.roles.map((entry) => {
    const [scope, ...held] = CONTENTS[entry.displayName] ?? ['AllExtensions', ...EVERYTHING];
    const reach = reachOf(held);
    // Super Admin reaches everybody with what reaches anybody.
    if (entry.id === '1')
      for (const id of ['ReadCallLog', 'ReadCallRecordings', 'ReadMessages', 'ReadAssignedRoles'])
        reach.set(id, 'AllExtensions');
    return {
      id: roleId(entry.id),
      displayName: entry.displayName,
      description: null,
      custom: entry.custom,
      hidden: false,
      scope,
      siteCompatible: true,
      permissions: [...reach.keys()].map(permissionId),
      reach,
    };
  });
}

const WIDTH: readonly PermissionScope[] = ['Self', 'UserExtensions', 'AllExtensions', 'Account'];

function reachOf(held: readonly Held[]): Map<string, PermissionScope> {
  const reach = new Map<string, PermissionScope>();
  const listed = held.flatMap((each) =>
    Object.entries(each).flatMap(([scope, ids]) => (ids ?? '').split(' ').map((id) => [id, scope] as const)),
  );
  for (const [id, scope] of listed) {
    if (WIDTH.indexOf(scope) >= WIDTH.indexOf(reach.get(id) ?? 'Self')) reach.set(id, scope);
  }
  return reach;
}

/** The permission dictionary over everything that the roles hold. */
export function buildPermissions(): Permission[] {
  const ids = new Set(EVERYTHING.flatMap((held) => Object.values(held).flatMap((text) => (text ?? '').split(' '))));
  return [...ids].sort().map((id) => ({
    id: permissionId(id),
    displayName: null,
    description: null,
    category: null,
    assignable: id !== 'ReadMessages',
    includes: (INCLUDED[id] ?? []).map(permissionId),
  }));
}

/** Who holds which role at the start; Omar's steward role reaches only the sites he administers. */
export function buildAssignments(roles: readonly Role[]): Map<ExtensionId, AssignedRole[]> {
  const held = FILE.people.filter((entry) => entry.roles !== undefined);
  return new Map(
    held.map((entry) => [
      idOf(entry.ext),
      (entry.roles ?? []).map((name) => assigned(roles, name, entry.ext === '125')),
    ]),
  );
}

/** One assignment of a role by its display name. */
export function assigned(roles: readonly Role[], displayName: string, siteRestricted = false): AssignedRole {
  const role = roles.find((each) => each.displayName === displayName);
  if (role === undefined) throw new Error(`the account has no role ${displayName}`);
  return { id: role.id, displayName, autoAssigned: false, siteRestricted };
}
