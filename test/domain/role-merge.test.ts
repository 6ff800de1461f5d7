import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PermissionId, permissionId, roleId } from '#src/domain/ids.ts';
import type { Permission } from '#src/domain/permissions.ts';
import { driftOf, isAsWanted, isSameRole, movedAlong } from '#src/domain/role-check.ts';
import { broughtBy, dictionaryOf, draftOf, type MergedRole, mergeRole, sendable } from '#src/domain/role-merge.ts';
import type { Capabilities, RoleEntry, RoleInFull } from '#src/domain/roles.ts';

function permission(id: string, includes: readonly string[] = [], assignable = true): Permission {
  return {
    id: permissionId(id),
    displayName: null,
    description: null,
    category: null,
    assignable,
    includes: includes.map(permissionId),
  };
}

const dictionary = dictionaryOf([
  permission('Meetings'),
  permission('EditLog', ['ReadLog']),
  permission('ReadLog'),
  permission('Users', ['ReadUsers']),
  permission('People', ['ReadPeople']),
  permission('MorePeople', ['People']),
  permission('ReadUsers', [], false),
  permission('ReadPeople', [], false),
  permission('Voicemail', [], false),
]);

const MAY: Capabilities = { enabled: true, manageEnabled: true, grantEnabled: false };
const LISTED: Capabilities = { enabled: false, manageEnabled: true, grantEnabled: false };

function entry(text: string): RoleEntry {
  const [id = '', how] = text.split(':');
  return { id: permissionId(id), capabilities: how === 'may' ? MAY : how === 'listed' ? LISTED : null };
}

const ids = (text: string): PermissionId[] => (text === '' ? [] : text.split(' ').map((id) => permissionId(id)));

function merge(held: string, add: string, remove: string): MergedRole {
  const merged = mergeRole(
    held === '' ? [] : held.split(' ').map(entry),
    { add: ids(add), remove: ids(remove) },
    dictionary,
  );
  if ('kind' in merged) throw new Error(merged.kind);
  return merged;
}

describe("a role's new list", () => {
  it.each<[what: string, held: string, add: string, remove: string, sent: string, gains: string, losses: string]>([
    ['adding one', 'Meetings', 'ReadLog', '', 'Meetings ReadLog', 'ReadLog', ''],
    ['what comes with it', 'Meetings', 'EditLog', '', 'Meetings EditLog', 'EditLog ReadLog', ''],
    ['taking one', 'Meetings ReadLog', '', 'ReadLog', 'Meetings', '', 'ReadLog'],
    ['taking what brings another', 'EditLog Meetings', '', 'EditLog', 'Meetings', '', 'EditLog ReadLog'],
    ['what a kept one includes', 'EditLog ReadLog', '', 'ReadLog', 'EditLog', '', ''],
    ['the parent instead of a child', '', 'ReadUsers', '', 'Users', 'ReadUsers Users', ''],
    ['what is there already', 'Meetings', 'Meetings', '', 'Meetings', '', ''],
    ['what is not there', 'Meetings', '', 'ReadLog', 'Meetings', '', ''],
    ['what came with another', 'EditLog', 'ReadLog', '', 'EditLog ReadLog', '', ''],
    ['one for another', 'Meetings', 'ReadLog', 'Meetings', 'ReadLog', 'ReadLog', 'Meetings'],
    ['taken and added again', 'Meetings', 'Meetings', 'Meetings', 'Meetings', '', ''],
    ['a child goes with its parent', 'Users ReadUsers', '', 'Users', '', '', 'ReadUsers Users'],
  ])('%s', (_what, held, add, remove, sent, gains, losses) => {
    const merged = merge(held, add, remove);
    expect(merged.entries.map(({ id }) => id)).toEqual(ids(sent));
    expect([merged.gains, merged.losses]).toEqual([ids(gains), ids(losses)]);
  });

  it.each<[note: string, held: string, add: string, remove: string, rest: object]>([
    ['led-to-parent', '', 'ReadUsers', '', { permission: 'ReadUsers', parent: 'Users' }],
    ['already-there', 'Meetings', 'Meetings', '', { permission: 'Meetings' }],
    ['already-there', 'Users ReadUsers', 'ReadUsers', '', { permission: 'ReadUsers' }],
    ['already-included', 'EditLog', 'ReadLog', '', { permission: 'ReadLog', by: ['EditLog'] }],
    ['not-there', 'Meetings', '', 'ReadLog', { permission: 'ReadLog' }],
    ['still-included', 'EditLog ReadLog', '', 'ReadLog', { permission: 'ReadLog', by: ['EditLog'] }],
    ['comes-with', 'Users', '', 'ReadUsers', { permission: 'ReadUsers', by: ['Users'] }],
    ['comes-with', 'Voicemail', '', 'Voicemail', { permission: 'Voicemail', by: [] }],
    ['passed-on-kept', 'Meetings:may', 'ReadLog', '', { permissions: ['Meetings'] }],
  ])('tells %s', (kind, held, add, remove, rest) => {
    expect(merge(held, add, remove).notes).toContainEqual({ kind, ...rest });
  });

  it('leads nowhere where nothing assignable brings it, and guesses at none of several parents', () => {
    expect(mergeRole([], { add: ids('Voicemail'), remove: [] }, dictionary)).toEqual({
      kind: 'not-assignable',
      permission: 'Voicemail',
    });
    expect(mergeRole([], { add: ids('ReadPeople'), remove: [] }, dictionary)).toMatchObject({
      kind: 'several-parents',
      parents: ['People', 'MorePeople'],
    });
  });

  it('says what RingCentral alone decides about, and does not call it a loss', () => {
    const merged = merge('Meetings Voicemail', 'ReadLog', '');
    expect([merged.uncertain, merged.losses]).toEqual([['Voicemail'], []]);
    expect(merged.entries.map(({ id }) => id)).toEqual(['Meetings', 'ReadLog']);
  });

  it('keeps what holders may pass on, also where they do not have it themselves', () => {
    const merged = merge('Meetings:may ReadLog:listed', 'EditLog', '');
    expect(merged.entries).toEqual([entry('Meetings:may'), entry('ReadLog:listed'), entry('EditLog')]);
  });

  it('grants what was only listed, with what it may be passed on', () => {
    const merged = merge('ReadLog:listed', 'ReadLog', '');
    expect(merged.entries).toEqual([{ id: 'ReadLog', capabilities: { ...LISTED, enabled: true } }]);
    expect(merged.gains).toEqual(['ReadLog']);
  });

  const some = fc.subarray(ids('Meetings EditLog ReadLog Users People MorePeople ReadUsers ReadPeople Voicemail'));

  it('sends nothing that cannot be put on a role, and loses nothing untold', () => {
    fc.assert(
      fc.property(some, some, some, (held, add, remove) => {
        const entries = held.map((id) => ({ id, capabilities: null }));
        const merged = mergeRole(entries, { add, remove }, dictionary);
        if ('kind' in merged) return;
        expect(merged.entries.every(({ id }) => dictionary.isAssignable(id))).toBe(true);
        const [before, after] = [broughtBy(entries, dictionary), broughtBy(merged.entries, dictionary)];
        const told = new Set([...merged.losses, ...merged.uncertain]);
        expect([...before].filter((id) => !after.has(id)).every((id) => told.has(id))).toBe(true);
        expect([...after].filter((id) => !before.has(id)).sort()).toEqual(merged.gains);
      }),
    );
  });

  it('changes nothing when it is merged once more', () => {
    fc.assert(
      fc.property(some, fc.subarray(ids('Meetings EditLog ReadLog Users People')), (held, add) => {
        const once = mergeRole(
          held.map((id) => ({ id, capabilities: null })),
          { add, remove: [] },
          dictionary,
        );
        if ('kind' in once) return;
        const twice = mergeRole(once.entries, { add, remove: [] }, dictionary);
        expect('kind' in twice ? twice : twice.entries).toEqual(once.entries);
      }),
    );
  });
});

function role(entries: string, over: Partial<RoleInFull> = {}): RoleInFull {
  const list = entries.split(' ').filter(Boolean).map(entry);
  const permissions = list.map(({ id }) => id);
  const fields = { displayName: 'Desk', description: null, custom: true, hidden: false, scope: 'Self' };
  return { id: roleId('9'), siteCompatible: true, ...fields, permissions, entries: list, ...over };
}

describe('a role read back', () => {
  const before = role('Meetings Voicemail');
  const wanted = { ...draftOf(before, sendable(before, dictionary)), entries: [entry('Meetings'), entry('EditLog')] };

  it.each<[string, RoleInFull, boolean]>([
    ['as it was sent', role('Meetings EditLog'), true],
    ['with what RingCentral adds by itself', role('Meetings EditLog ReadLog Voicemail'), true],
    ['without one', role('Meetings'), false],
    ['with one that nobody asked for', role('Meetings EditLog People'), false],
    ['with one listed instead of granted', role('Meetings EditLog:listed'), false],
    ['with one that may be passed on', role('Meetings EditLog:may'), false],
    ['under another name', role('Meetings EditLog', { displayName: 'Desk 2' }), false],
    ['with another reach', role('Meetings EditLog', { scope: 'AllExtensions' }), false],
    ['shown where it was hidden', role('Meetings EditLog', { hidden: true }), false],
  ])('%s', (_what, found, same) => {
    expect(isAsWanted(wanted, found, dictionary)).toBe(same);
  });

  it('is told apart by what is missing, what is extra and which fields differ', () => {
    const found = role('Meetings People', { displayName: 'Other', description: 'x' });
    expect(driftOf(wanted, found, dictionary)).toEqual({
      missing: ['EditLog'],
      extra: ['People'],
      fields: ['displayName', 'description'],
    });
  });

  it('does not hold it against RingCentral when a field was left to it', () => {
    const open = { ...wanted, scope: null, siteCompatible: null };
    const found = role('Meetings EditLog', { scope: 'AllExtensions', siteCompatible: false, description: '' });
    expect(isAsWanted(open, found, dictionary)).toBe(true);
  });

  it('tells what went and came along', () => {
    expect(movedAlong(before, wanted, role('Meetings EditLog ReadLog ReadPeople'), dictionary)).toEqual({
      dropped: ['Voicemail'],
      added: ['ReadPeople'],
    });
  });

  it.each<[string, RoleInFull, boolean]>([
    ['in another order', role('Voicemail Meetings'), true],
    ['with one more', role('Meetings Voicemail ReadLog'), false],
    ['with one that may be passed on', role('Meetings:may Voicemail'), false],
    ['with another description', role('Meetings Voicemail', { description: 'new' }), false],
  ])('is the same as before %s: %#', (_what, found, same) => {
    expect(isSameRole(before, found)).toBe(same);
  });
});
