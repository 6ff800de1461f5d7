import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBlockKit } from '#src/cards/block-kit.ts';
import { blockProblems } from '#src/cards/blocks.ts';
import { renderText } from '#src/cards/index.ts';
import { render } from '#src/cards/wording.ts';
import { permissionId, roleId } from '#src/domain/ids.ts';
import type { PermissionWay, RefusalReason, Saying } from '#src/domain/reply.ts';
import type { RoleGuard, RoleIntent, RoleOutcome, RolePlan, RoleProblem } from '#src/domain/role-change.ts';
import type { RoleDraft } from '#src/domain/roles.ts';
import { AS_OF, alice, bob, button, DENVER, permission, person, reply, role } from './builders.ts';

const ids = (...all: string[]) => all.map(permissionId);
const draft = (displayName: string): RoleDraft => ({
  displayName,
  description: null,
  scope: 'Self',
  siteCompatible: true,
  hidden: false,
  entries: [],
});

function plan(intent: RoleIntent, over: Partial<RolePlan> = {}, name = 'Front Desk'): RolePlan {
  const before = { ...role('600001', name, true), ...draft(name), permissions: [] };
  return {
    intent,
    name,
    before: intent === 'create-role' ? null : before,
    after: intent === 'delete-role' || intent === 'set-default-role' ? null : draft(name),
    base: null,
    gains: [],
    losses: [],
    uncertain: [],
    reached: { people: [], unseen: 0 },
    notes: [],
    fingerprint: 'f',
    readAt: 0,
    ...over,
  };
}

const preview = (shown: RolePlan): Saying => ({
  kind: 'role-preview',
  plan: shown,
  confirm: button('confirm-role'),
  cancel: button('cancel'),
  expiresAt: AS_OF,
  moved: false,
});
const done = (shown: RolePlan, outcome: RoleOutcome): Saying => ({
  kind: 'role-changed',
  plan: shown,
  outcome,
  undo: null,
});
const refused = (problem: RoleProblem): Saying => ({
  kind: 'refused',
  reason: { kind: 'role', problem } satisfies RefusalReason,
});
const text = (saying: Saying) => renderText(reply(saying), DENVER);
const feeling = { person: bob, gains: ids('Meetings'), losses: [], fallsBack: false };
const changed = { kind: 'changed', verifiedAt: AS_OF, now: null, dropped: [], added: [], mended: false } as const;

describe('words for a change of a role', () => {
  it.each<[string, RolePlan]>([
    ['Create the role Kiosk from Front Desk?', plan('create-role', { base: role('1', 'Front Desk') }, 'Kiosk')],
    ['Create the role Kiosk?', plan('create-role', {}, 'Kiosk')],
    ['Add Meetings to Front Desk?', plan('edit-role', { gains: ids('Meetings') })],
    ['Take A and B out of Front Desk?', plan('edit-role', { losses: ids('A', 'B') })],
    ['Change what is in Front Desk?', plan('edit-role', { gains: ids('A'), losses: ids('B') })],
    ['Put Front Desk back as Reception?', plan('edit-role', { after: draft('Reception') })],
    ['Rename Front Desk to Reception?', plan('rename-role', { after: draft('Reception') })],
    ['Delete the role Front Desk?', plan('delete-role')],
    [
      'Make Front Desk the default role instead of Standard?',
      plan('set-default-role', { base: role('2', 'Standard') }),
    ],
  ])('%s', (question, shown) => {
    expect(text(preview(shown)).split('\n')[0]).toBe(`${question} Nothing has changed yet.`);
  });

  it.each<[string, RolePlan['reached']]>([
    ['Nobody holds Front Desk.', { people: [], unseen: 0 }],
    ['1 person holds Front Desk.', { people: [feeling], unseen: 0 }],
    ['3 people hold Front Desk, 2 of whom you may not see.', { people: [feeling], unseen: 2 }],
    ['2 people hold Front Desk; you may not see who.', { people: [], unseen: 2 }],
  ])('says how many it reaches: %s', (sentence, reached) => {
    expect(text(preview(plan('edit-role', { gains: ids('Meetings'), reached })))).toContain(sentence);
  });

  it('says for whom nothing changes, because another role gives them the same', () => {
    const same = { person: alice, gains: [], losses: [], fallsBack: false };
    const shown = plan('edit-role', { gains: ids('Meetings'), reached: { people: [feeling, same], unseen: 0 } });
    expect(text(preview(shown))).toContain('For 1 person nothing changes: other roles give them the same.');
  });

  it('warns before what takes something away or reaches many, not before what harms nobody', () => {
    const dialogs = [
      plan('edit-role', { losses: ids('Meetings') }),
      plan('edit-role', { gains: ids('A'), reached: { people: [], unseen: 2 } }),
      plan('delete-role'),
      plan('create-role'),
      plan('rename-role', { reached: { people: [], unseen: 9 } }),
    ].map((shown) => render(reply(preview(shown)), DENVER).buttons[0]?.confirm !== null);
    expect(dialogs).toEqual([true, true, true, false, false]);
  });

  it.each<[string, RoleOutcome]>([
    ['Done. Front Desk now also holds Meetings.', changed],
    ['Failed. Front Desk is as before.', { kind: 'failed', code: 'CMN-101', detail: null }],
    [
      'Check this. Front Desk is not as asked.',
      { kind: 'differs', missing: ids('Meetings'), extra: [], fields: [], now: null },
    ],
    [
      'Not known yet. The change of Front Desk may or may not have taken effect.',
      { kind: 'unsettled', code: 'CMN-203' },
    ],
  ])('tells the outcome: %s', (headline, outcome) => {
    expect(text(done(plan('edit-role', { gains: ids('Meetings') }), outcome)).split('\n')[0]).toBe(headline);
  });

  it('tells what RingCentral did besides', () => {
    const outcome = { ...changed, mended: true, dropped: ids('Voicemail'), added: ids('Hold') };
    const told = text(done(plan('create-role', { gains: ids('Meetings') }, 'Kiosk'), outcome));
    for (const words of ['a second call put that right', 'left off 1 permission', 'put on 1 permission']) {
      expect(told).toContain(words);
    }
  });

  it.each<RoleGuard>([
    'predefined-role',
    'default-role',
    'role-escalation',
    'gains-role-rights-oneself',
    'own-lockout',
    'service-account',
    'super-admin-default',
  ])('says of %s what was not changed', (guard) => {
    expect(text(refused({ kind: 'guard', role: 'Desk', guard }))).toMatch(/^No\. .*Desk.*\n\n.+ Nothing was changed\./);
  });
});

const NAMES = [
  '<!channel> & <@U104>',
  'nimdA repuS\u202e',
  'a\nb\r\nc',
  '*bold* _it_ `code`',
  '\u0000\u0007\u001b[31m',
  '💣'.repeat(70),
  'x'.repeat(5000),
  '',
];

function sayings(name: string): readonly Saying[] {
  const named = role('600009', name, true);
  const reached = { people: [{ ...feeling, person: person('200', name) }], unseen: 1 };
  const way = {
    way: 'swap',
    removed: [named],
    role: named,
    gains: ids('A'),
    losses: ids('B'),
    holders: 3,
    blocked: [],
  } as const;
  const ways: readonly PermissionWay[] = (['assign', 'remove', 'swap', 'edit'] as const).map((each) => ({
    ...way,
    way: each,
  }));
  const kinds: readonly RoleIntent[] = ['create-role', 'edit-role', 'rename-role', 'delete-role', 'set-default-role'];
  return [
    ...kinds.map((intent) => preview(plan(intent, { base: named, reached, gains: ids('A') }, name))),
    ...kinds.map((intent) => done(plan(intent, { base: named }, name), { ...changed, now: named })),
    refused({ kind: 'name-taken', name, existing: named }),
    refused({ kind: 'bad-name', name, rule: 'signs' }),
    refused({ kind: 'not-deletable', role: name, code: name, holders: 1 }),
    { kind: 'refused', reason: { kind: 'sites-not-offered', site: name, roles: [name] } },
    {
      kind: 'permission-ways',
      act: 'take',
      permissions: [permission('Meetings', name)],
      people: [person('200', name)],
      already: [],
      ways,
      buttons: ways.map((_, index) => button('choose', index)),
      more: 1,
      unread: 1,
      apart: [],
    },
  ];
}

function expectHarmless(name: string): void {
  for (const saying of sayings(name)) {
    const blocks = toBlockKit(render(reply(saying), DENVER));
    expect(blockProblems(blocks.blocks)).toEqual([]);
    expect(blocks.text).not.toMatch(/<[!@#]/);
    const steering = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
    expect(text(saying)).not.toMatch(steering);
  }
}

describe('a hostile name of a role', () => {
  it.each(NAMES)('%j cannot break a card, mention anybody or turn the reading direction', expectHarmless);

  it('whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectHarmless), { numRuns: 50 });
  });

  it('says no more than its id when it is empty', () => {
    expect(
      text(refused({ kind: 'name-taken', name: '', existing: { ...role('600009', ''), id: roleId('600009') } })),
    ).toContain('role 600009');
  });
});
