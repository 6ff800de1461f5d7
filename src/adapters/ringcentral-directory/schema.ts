import { z } from 'zod';
import { accountId, extensionId, extensionNumber, permissionId, roleId, siteId } from '../../domain/ids.ts';

/*
 * What is read of RingCentral's answers. Additions are ignored; what access depends on is demanded: most schemas of
 * the official document require nothing, so `{}` is a valid role there, and is unreadable here.
 */

/** Ids come as numbers or as text, by resource; numbers above 2^53 are not exact and therefore refused. */
const wireId = z.union([z.string(), z.number().int()]);

/** One step instead of a union and a transform: an account has several ids a row, and tens of thousands of rows. */
function branded<T>(read: (value: string | number) => T) {
  return z.unknown().transform((value, context): T => {
    try {
      if (typeof value === 'string' || Number.isSafeInteger(value)) return read(value as string | number);
    } catch {
      // Not an id either.
    }
    context.addIssue({ code: 'custom', message: 'not an id' });
    return z.NEVER;
  });
}

const asExtensionId = branded(extensionId);
const asRoleId = branded(roleId);
const asSiteId = branded(siteId);
const asPermissionId = branded((value) => permissionId(String(value)));
const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '' ? null : value));
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const optionalFlag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

/** `autoAssigned` and `siteRestricted` are left out when false. */
const ASSIGNED_ROLE = z
  .object({ id: asRoleId, displayName: optionalText, autoAssigned: flag, siteRestricted: flag })
  .transform((role) => ({ ...role, displayName: role.displayName ?? role.id }));

export const ASSIGNED_ROLES = z.object({ records: z.array(ASSIGNED_ROLE) });

export const EXTENSION_WITH_ROLES = z
  .object({ extensionId: asExtensionId, roles: z.array(ASSIGNED_ROLE) })
  .transform((row) => ({ extension: row.extensionId, roles: row.roles }));

const ROLE_FIELDS = {
  id: asRoleId,
  displayName: z.string(),
  description: optionalText,
  custom: flag,
  hidden: flag,
};

export const ROLE_SUMMARY = z.object(ROLE_FIELDS);

/** In the advanced view an entry can be listed with `enabled: false`: being listed is then no grant. */
const ROLE_PERMISSION = z.object({
  id: asPermissionId,
  permissionsCapabilities: z.object({ enabled: z.boolean().nullish() }).nullish(),
});

export const ROLE = z
  .object({
    ...ROLE_FIELDS,
    scope: optionalText,
    siteCompatible: optionalFlag,
    permissions: z.array(ROLE_PERMISSION),
  })
  .transform((role) => ({
    ...role,
    permissions: role.permissions
      .filter((entry) => entry.permissionsCapabilities?.enabled !== false)
      .map((entry) => entry.id),
  }));

const full = z
  .object({ enabled: flag, manageEnabled: flag, grantEnabled: flag })
  .nullish()
  .transform((capabilities) => capabilities ?? null);

/** A role with every line of its list, granted or not. */
export const ROLE_IN_FULL = z
  .object({
    ...ROLE_FIELDS,
    scope: optionalText,
    siteCompatible: optionalFlag,
    permissions: z.array(z.object({ id: asPermissionId, permissionsCapabilities: full })),
  })
  .transform(({ permissions, ...role }) => ({
    ...role,
    permissions: permissions
      .filter((entry) => entry.permissionsCapabilities?.enabled !== false)
      .map((entry) => entry.id),
    entries: permissions.map((entry) => ({ id: entry.id, capabilities: entry.permissionsCapabilities })),
  }));

/** What answers name a role by when nothing else of it is needed. */
export const NAMED_ROLE = z.object({ id: asRoleId });

const ACTIVE_PERMISSION = z
  .object({
    permission: z.object({ id: asPermissionId }),
    effectiveRole: z.object({ id: asRoleId.nullish() }).nullish(),
    scopes: z
      .array(z.string())
      .nullish()
      .transform((scopes) => scopes ?? []),
  })
  .transform((row) => ({
    permission: row.permission.id,
    effectiveRole: row.effectiveRole?.id ?? null,
    scopes: row.scopes,
  }));

export const PROFILE = z.object({ uri: z.string().nullish(), permissions: z.array(ACTIVE_PERMISSION) });

/** `successful` is false by default. What `details` holds then is not documented, so it is read only on a yes. */
export const CHECK = z
  .object({ uri: z.string().nullish(), successful: flag, details: z.unknown().optional() })
  .transform((check, context) => {
    if (!check.successful || check.details === undefined || check.details === null) return { ...check, details: null };
    const details = ACTIVE_PERMISSION.safeParse(check.details);
    if (details.success) return { ...check, details: details.data };
    context.addIssue({ code: 'custom', message: 'details of a yes', path: ['details'] });
    return z.NEVER;
  });

export const PERMISSION = z
  .object({
    id: asPermissionId,
    displayName: optionalText,
    description: optionalText,
    category: z.object({ id: wireId.nullish() }).nullish(),
    assignable: flag,
    includedPermissions: z.array(z.object({ id: asPermissionId })).nullish(),
  })
  .transform((row) => ({
    id: row.id,
    displayName: row.displayName,
    description: row.description,
    category: row.category?.id == null ? null : String(row.category.id),
    assignable: row.assignable,
    includes: (row.includedPermissions ?? []).map((included) => included.id),
  }));

export const PERMISSION_CATEGORY = z
  .object({ id: wireId, displayName: optionalText, description: optionalText })
  .transform((row) => ({ ...row, id: String(row.id) }));

export const SITE = z
  .object({ id: asSiteId, name: optionalText })
  .transform((site) => ({ id: site.id, name: site.name ?? site.id }));

/** A zone that this Node does not know would fail at every time said: it counts as none. */
function knownZone(name: string | null): string | null {
  try {
    return name === null ? null : new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

export const ACCOUNT = z
  .object({
    id: branded(accountId),
    mainNumber: optionalText,
    regionalSettings: z.object({ timezone: z.object({ name: optionalText }).nullish() }).nullish(),
  })
  .transform(({ id, mainNumber, regionalSettings }) => ({
    id,
    mainNumber,
    zone: knownZone(regionalSettings?.timezone?.name ?? null),
  }));

/** The department is a text of the contact; `departments` of the official document are call queues. */
export const EXTENSION = z
  .object({
    id: asExtensionId,
    extensionNumber: branded(extensionNumber),
    name: optionalText,
    contact: z
      .object({
        firstName: optionalText,
        lastName: optionalText,
        email: optionalText,
        department: optionalText,
        company: optionalText,
      })
      .nullish(),
    type: z.string(),
    status: z.string(),
    site: z.object({ id: asSiteId.nullish(), name: optionalText }).nullish(),
  })
  .transform((row) => ({
    company: row.contact?.company ?? null,
    extension: {
      id: row.id,
      number: row.extensionNumber,
      name: row.name ?? contactName(row.contact) ?? row.extensionNumber,
      email: row.contact?.email ?? null,
      type: row.type,
      status: row.status,
      department: row.contact?.department ?? null,
      site: row.site?.id == null ? null : { id: row.site.id, name: row.site.name ?? row.site.id },
    },
  }));

/**
 * A line of the extension list. Extensions without a number (`status=Unassigned`) or with one that is no number cannot
 * be named and therefore not acted on; they must not hide everybody else. No right is decided from this list.
 */
export const LISTED_EXTENSION = z.unknown().transform((row, context) => {
  const named = EXTENSION.safeParse(row).data ?? null;
  const id = named?.extension.id ?? OWN_EXTENSION.safeParse(row).data?.id;
  if (id !== undefined) return { id, named };
  context.addIssue({ code: 'custom', message: 'not an extension', path: ['id'] });
  return z.NEVER;
});

function contactName(contact: { firstName: string | null; lastName: string | null } | null | undefined): string | null {
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
  return name === '' ? null : name;
}

export const OWN_EXTENSION = z.object({ id: asExtensionId });

export const SITE_MEMBER = z
  .object({ id: asExtensionId, name: optionalText, extensionNumber: optionalText, type: optionalText })
  .transform((row) => ({ id: row.id, name: row.name, number: row.extensionNumber, type: row.type }));

export const FEATURE = z
  .object({
    id: z.string(),
    available: z.boolean(),
    reason: z.object({ code: optionalText, permission: optionalText }).nullish(),
  })
  .transform((row) => ({ id: row.id, available: row.available, reason: row.reason ?? null }));

export const DIRECTORY_ENTRY = z
  .object({
    id: asExtensionId,
    type: optionalText,
    status: optionalText,
    extensionNumber: optionalText,
    firstName: optionalText,
    lastName: optionalText,
    name: optionalText,
    email: optionalText,
    department: optionalText,
    site: z.object({ id: asSiteId.nullish(), name: optionalText }).nullish(),
  })
  .transform((row) => ({
    id: row.id,
    number: row.extensionNumber,
    name: row.name ?? contactName(row),
    email: row.email,
    type: row.type,
    status: row.status,
    department: row.department,
    site: row.site?.id == null ? null : { id: row.site.id, name: row.site.name ?? row.site.id },
  }));

export const CALL_RECORD = z
  .object({ id: wireId, startTime: optionalText, recording: z.object({ id: wireId }).nullish() })
  .transform((row) => ({
    id: String(row.id),
    startTime: row.startTime,
    recording: row.recording ? String(row.recording.id) : null,
  }));

export const RECORDING = z
  .object({ id: wireId, contentType: optionalText, duration: z.number().nullish() })
  .transform((row) => ({ id: String(row.id), contentType: row.contentType, durationSeconds: row.duration ?? null }));

/** A listing of which one page is read. */
export function listOf<T extends z.ZodType>(row: T) {
  return z.object({ records: z.array(row) });
}
