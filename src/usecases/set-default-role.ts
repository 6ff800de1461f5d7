import type { Understanding } from '../domain/understanding.ts';
import type { Answer, Session } from './session.ts';
import { showRoleChange } from './show-role-change.ts';

/** Shows what making a role the account's default would change for people who come later; a click does it. */
export function setDefaultRole(session: Session, said: Understanding): Promise<Answer> {
  return showRoleChange(session, 'set-default-role', said);
}
