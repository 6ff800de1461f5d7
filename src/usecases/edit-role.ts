import type { Understanding } from '../domain/understanding.ts';
import type { Answer, Session } from './session.ts';
import { showRoleChange } from './show-role-change.ts';

/** Shows what adding to a role and taking from it would change, and for whom; a click does it. */
export function editRole(session: Session, said: Understanding): Promise<Answer> {
  return showRoleChange(session, 'edit-role', said);
}
