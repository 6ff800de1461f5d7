import { isRefusal } from '../domain/authority.ts';
import { Fault } from '../domain/faults.ts';
import { establishAuthority } from './establish-authority.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, type Session } from './session.ts';

/** Tells the account's default role. A custom one is named only to those who may see custom roles. */
export async function showDefaultRole(session: Session): Promise<Answer> {
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right) && right.kind === 'app-lacks-scope') return refuse(right);
  const role = await session.facts.defaultRole();
  if (role === null) {
    throw new Fault('directory-forbidden', 'the default role is not shown', { operation: 'readDefaultRole' });
  }
  if (isRefusal(right)) {
    if (role.custom) return refuse(right);
    return answer({ kind: 'default-role', role }, { asOf: session.facts.readAt, about: { roles: [role.displayName] } });
  }
  const about = { roles: [role.displayName] };
  await recordRead(session, 'show-default-role', right.proof, about);
  return answer({ kind: 'default-role', role }, { authority: right, about });
}
