import type { Understanding } from '../domain/understanding.ts';
import type { Answer, Session } from './session.ts';
import { showRoleChange } from './show-role-change.ts';

/** Shows what a new role would hold, copied from another one or not; a click makes it. */
export function createRole(session: Session, said: Understanding): Promise<Answer> {
  return showRoleChange(session, 'create-role', said);
}
