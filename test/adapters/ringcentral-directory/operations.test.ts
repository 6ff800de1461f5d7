import { describe, expect, it } from 'vitest';
import { fillPath, OPERATIONS } from '#src/adapters/ringcentral-directory/operations.ts';
import { endpoints } from '#src/catalogue/catalogue.ts';

/** The official path that one of ours stands for. */
function official(path: string): string {
  return path
    .replace('/account/~', '/account/{accountId}')
    .replace('/extension/~', '/extension/{extensionId}')
    .replace(/\{(extension|role|permission|site|recording)\}/, '{$1Id}')
    .replace('{category}', '{permissionCategoryId}');
}

describe('the operations', () => {
  it.each(Object.entries(OPERATIONS))('%s is as the official document states it', (_key, operation) => {
    const known = endpoints().find((row) => row.operationId === operation.id);
    expect(known).toMatchObject({
      method: operation.method,
      path: official(operation.path),
      group: operation.group,
      retired: false,
    });
  });

  it('may be repeated only where nothing is changed', () => {
    const reads = Object.values(OPERATIONS).filter((operation) => operation.effect === 'read');
    expect(reads.filter((operation) => operation.method !== 'GET').map((operation) => operation.id)).toEqual([
      'searchDirectoryEntries',
    ]);
  });
});

describe('a path', () => {
  it('is filled with encoded segments', () => {
    expect(fillPath(OPERATIONS.readPermissionCategory, { category: 'a/b?c' })).toBe(
      '/restapi/v1.0/dictionary/permission-category/a%2Fb%3Fc',
    );
  });

  it.each([
    ['climbs out of its place', '..'],
    ['stays where it is', '.'],
    ['means another operation', 'default'],
    ['is empty', ''],
  ])('is refused when a segment %s', (_case, role) => {
    expect(() => fillPath(OPERATIONS.updateUserRole, { role })).toThrow(TypeError);
  });

  it('is refused when a segment is missing', () => {
    expect(() => fillPath(OPERATIONS.updateUserRole)).toThrow(TypeError);
  });
});
