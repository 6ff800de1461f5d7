import { isRefusal } from '../domain/authority.ts';
import { summaryOf } from '../domain/cures.ts';
import type { Slots } from '../domain/understanding.ts';
import { establishAuthority } from './establish-authority.ts';
import { recordRead } from './record-read.ts';
import { type Answer, answer, refuse, roleNames, type Session } from './session.ts';

/** Lists the account's roles; without the right to see custom roles, the predefined ones. */
export async function listRoles(session: Session, slots: Slots): Promise<Answer> {
  const { service } = session.deps.directories;
  const right = await establishAuthority(session, 'read-roles', 'account');
  if (isRefusal(right)) {
    if (slots.custom === true || right.kind === 'app-lacks-scope') return refuse(right);
    const roles = (await service.listRoles(false)).filter((role) => !role.custom && !role.hidden).map(summaryOf);
    const about = { roles: roleNames(roles) };
    return answer(
      { kind: 'role-list', custom: slots.custom, roles, hiddenFromAsker: slots.custom !== false },
      { about, asOf: session.facts.readAt },
    );
  }
  const listed = await service.listRoles(slots.custom);
  const roles = listed.filter((role) => slots.custom === null || role.custom === slots.custom).map(summaryOf);
  const about = { roles: roleNames(roles) };
  await recordRead(session, 'list-roles', right.proof, about);
  return answer(
    { kind: 'role-list', custom: slots.custom, roles, hiddenFromAsker: false },
    { authority: right, about },
  );
}
