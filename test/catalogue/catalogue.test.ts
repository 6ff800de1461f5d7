import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '#src/adapters/ringcentral-directory/operations.ts';
import {
  appPermissions,
  endpoints,
  errorCodes,
  errorVerdicts,
  features,
  partnerScopes,
  predefinedRoles,
  sources,
  spokenPermissions,
  userPermissions,
} from '#src/catalogue/catalogue.ts';
import { findEndpoint, findErrorCode, scopesWithId, withIncludedAppPermissions } from '#src/catalogue/lookups.ts';

const TABLES = {
  appPermissions,
  userPermissions,
  predefinedRoles,
  errorCodes,
  errorVerdicts,
  features,
  endpoints,
  partnerScopes,
  spokenPermissions,
};

describe('catalogue', () => {
  it.each(Object.entries(TABLES))('names a known public source on each row of %s', (_name, rows) => {
    expect(rows().length).toBeGreaterThan(0);
    for (const row of rows()) for (const key of row.source) expect(sources, key).toHaveProperty([key]);
  });

  it('holds the 32 published app permissions and newer ones', () => {
    const published = appPermissions().filter((row) => row.source.includes('guide-app-permissions'));
    expect(published).toHaveLength(32);
    expect(appPermissions().map((row) => row.id)).toContain('AI');
  });

  it('closes app permissions over what they include', () => {
    expect(withIncludedAppPermissions('Accounts')).toEqual([
      'Accounts',
      'EditAccounts',
      'ReadAccounts',
      'EditExtensions',
    ]);
    expect(withIncludedAppPermissions('NeverHeardOf')).toEqual(['NeverHeardOf']);
  });

  it('knows that id 74 names five partner scopes, in table order', () => {
    expect(scopesWithId(74).map((scope) => scope.name)).toEqual([
      'phonenumber.delete',
      'phonenumber.emergency.manage',
      'phonenumber.emergency.read',
      'phonenumber.line_information.manage',
      'phonenumber.line_information.read',
    ]);
  });

  it('finds an endpoint by the path people paste', () => {
    expect(findEndpoint('get', '/restapi/v1.0/account/~/call-log?view=Detailed')?.appPermission).toBe('ReadCallLog');
    expect(findEndpoint('PUT', '/restapi/v1.0/account/1/extension/2/assigned-role')?.userPermission).toBe(
      'EditAssignedRoles',
    );
    expect(findEndpoint('GET', '/restapi/v1.0/account/~/user-role/default')?.operationId).toBe('readDefaultRole');
    expect(findEndpoint('GET', '/restapi/v1.0/nothing')).toBeNull();
  });

  it('finds error codes in any case', () => {
    expect(findErrorCode('cmn-408')?.http).toEqual([403]);
    expect(findErrorCode('CMN-999')).toBeNull();
  });

  it('says of each documented code whose problem it is, once, and of no other code', () => {
    const judged = errorVerdicts().flatMap((row) => row.codes);
    expect([...judged].sort()).toEqual(
      errorCodes()
        .map((row) => row.code)
        .sort(),
    );
  });

  it('names no app permission, user permission or role that no row describes', () => {
    const apps = new Set(appPermissions().map((row) => row.id));
    const users = new Set(userPermissions().map((row) => row.id));
    const roles = new Set(predefinedRoles().map((row) => row.id));
    for (const row of appPermissions()) for (const id of row.includes) expect(apps, row.id).toContain(id);
    for (const row of userPermissions()) {
      for (const id of [...row.includes, ...(row.likelyRuntimeId === null ? [] : [row.likelyRuntimeId])])
        expect(users, row.id).toContain(id);
      for (const { roleId } of row.grantedTo) expect(roles, row.id).toContain(roleId);
    }
    for (const row of features()) expect(users, row.feature).toContain(row.permission);
    for (const { operationId, appPermission, userPermission, reportedPermission } of endpoints()) {
      if (appPermission !== null) expect(apps, operationId).toContain(appPermission);
      for (const id of [userPermission, reportedPermission]) if (id !== null) expect(users, operationId).toContain(id);
    }
  });

  it('knows every operation that Rolecall calls', () => {
    for (const { id, method, path } of Object.values(OPERATIONS)) {
      const written = path.replace(/\{\w+\}/g, '1');
      expect(findEndpoint(method, written)?.operationId, id).toBe(id);
    }
  });

  it('means only permissions that exist by spoken names', () => {
    const ids = new Set(userPermissions().map((row) => row.id));
    for (const row of spokenPermissions()) for (const id of row.permissions) expect(ids, row.words).toContain(id);
  });
});
