import { Fault } from '../domain/faults.ts';
import { permissionId } from '../domain/ids.ts';
import type { Permission } from '../domain/permissions.ts';
import type { RoleSummary } from '../domain/roles.ts';
import type { Session } from './session.ts';

/** The roles of these display names. @throws {Fault} `directory-not-found` when one has gone since it was understood */
export function knownRoles(session: Session, names: readonly string[]): readonly RoleSummary[] {
  return names.map((name) => {
    const role = session.names.roleByName(name);
    if (role === undefined)
      throw new Fault('directory-not-found', `no role is called ${name}`, { operation: 'role by name' });
    return role;
  });
}

/** The dictionary's entry of a permission; one that the live dictionary does not list is known by its id alone. */
export function knownPermission(session: Session, id: string): Permission {
  return (
    session.names.permissionById(id) ?? {
      id: permissionId(id),
      displayName: null,
      description: null,
      category: null,
      assignable: true,
      includes: [],
    }
  );
}
