import type { Understanding } from '../domain/understanding.ts';
import type { Answer, Session } from './session.ts';
import { showRoleChange } from './show-role-change.ts';

/** Shows who would lose a role by its deletion, after asking RingCentral whether it may be deleted; a click deletes it. */
export function deleteRole(session: Session, said: Understanding): Promise<Answer> {
  return showRoleChange(session, 'delete-role', said);
}
