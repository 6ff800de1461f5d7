import type { RoleId } from '../domain/ids.ts';
import { dictionaryOf, draftOf, sendable } from '../domain/role-merge.ts';
import type { RoleDraft, RoleInFull } from '../domain/roles.ts';
import type { Understanding } from '../domain/understanding.ts';
import { type Gate, open, shut } from './gate.ts';
import type { RoleAim } from './role-aim.ts';
import { isInEffect, type KeptRoleChange, ROLE_CHANGE, type RoleChangeRecord, readRoleChange } from './role-records.ts';
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

/** The change of a role that a button belongs to; null when it belongs to something else. */
export async function loadRoleChange({ deps }: Session, id: string): Promise<KeptRoleChange | null> {
  const stored = await deps.store.records.load(ROLE_CHANGE, id);
  return stored === null ? null : readRoleChange(stored);
}

/** How far back a change that took effect is looked for. */
const LOOKED_AT = 20;

/** The change of a role that a sentence wants taken back: the one with the reference, or the asker's last one. */
export async function findRoleChange(
  { deps, asker }: Session,
  { request, people }: Understanding,
): Promise<KeptRoleChange | null> {
  if (people.length > 0) return null;
  const filter = request === null ? { owner: asker.person.id } : { ref: request };
  const found = await deps.store.records.find({ kind: ROLE_CHANGE, limit: LOOKED_AT, ...filter });
  return found.map(readRoleChange).find(({ change }) => isInEffect(change.outcome)) ?? null;
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
  if (!isInEffect(outcome)) return nothing();
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
