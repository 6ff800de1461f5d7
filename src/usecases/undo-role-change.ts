import type { RoleId } from '../domain/ids.ts';
import { dictionaryOf, draftOf, sendable } from '../domain/role-merge.ts';
import type { RoleDraft, RoleInFull } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { type Gate, open, shut } from './gate.ts';
import type { RoleAim } from './role-aim.ts';
import type { RoleChangeRecord } from './role-records.ts';
import { type Answer, refuse, type Session } from './session.ts';
import { showAim } from './show-role-change.ts';

/**
 * Shows what taking back a change of a role would do; a click does it, as any other change of a role.
 *
 * What was there before is put back whatever is there now, and the preview shows the difference. A deleted role comes
 * back under a new id and with nobody in it: the preview says so.
 */
export async function undoRoleChange(session: Session, change: RoleChangeRecord, said: Understanding): Promise<Answer> {
  const aim = undoOf(session, change);
  return aim.open ? showAim(session, aim.value, said) : refuse(aim.reason);
}

const NOTHING: RoleAim = {
  intent: 'edit-role',
  role: null,
  base: null,
  newName: null,
  add: [],
  remove: [],
  restore: null,
  since: null,
  lost: null,
};

function undoOf(session: Session, change: RoleChangeRecord): Gate<RoleAim> {
  const { intent, role, before, after, base, holders, outcome } = change;
  if (outcome?.kind !== 'changed' && outcome?.kind !== 'differs') return nothing();
  switch (intent) {
    case 'create-role':
      return outcome.now === null ? nothing() : open({ ...NOTHING, intent: 'delete-role', role: outcome.now.id });
    case 'edit-role':
    case 'rename-role':
      return putBack(session, role, before, after);
    case 'delete-role':
      return before === null
        ? nothing()
        : open({
            ...NOTHING,
            intent: 'create-role',
            restore: earlier(session, before),
            lost: { role: before.id, holders: holders.length },
          });
    case 'set-default-role':
      return base === null ? nothing() : open({ ...NOTHING, intent: 'set-default-role', role: base.id });
  }
}

function putBack(
  session: Session,
  role: RoleId | null,
  before: RoleInFull | null,
  after: RoleDraft | null,
): Gate<RoleAim> {
  if (role === null || before === null) return nothing();
  return open({ ...NOTHING, role, restore: earlier(session, before), since: after });
}

function earlier({ names }: Session, before: RoleInFull): RoleDraft {
  return draftOf(before, sendable(before, dictionaryOf(names.permissions)));
}

function nothing(): Gate<never> {
  return shut({ kind: 'role', problem: { kind: 'nothing-to-undo' } });
}
