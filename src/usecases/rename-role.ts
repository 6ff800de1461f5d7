import type { Understanding } from '../domain/understanding.ts';
import type { Answer, Session } from './session.ts';
import { showRoleChange } from './show-role-change.ts';

/** Shows a role under another name; a click gives it that name. */
export function renameRole(session: Session, said: Understanding): Promise<Answer> {
  return showRoleChange(session, 'rename-role', said);
}
