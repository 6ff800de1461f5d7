import { describe, expect, it } from 'vitest';
import { toBlockKit } from '#src/cards/block-kit.ts';
import { blockProblems, LIMITS } from '#src/cards/blocks.ts';
import { renderText } from '#src/cards/text.ts';
import { render } from '#src/cards/wording.ts';
import type { HeldSide } from '#src/domain/comparison.ts';
import type { Permission } from '#src/domain/permissions.ts';
import type { ComparedPermission, PermissionFacts, Saying } from '#src/domain/reply.ts';
import type { Role } from '#src/domain/roles.ts';
import { alice, bob, DENVER, held, manager, permission, reply, role, standard } from './builders.ts';

const CATEGORIES = ['User Settings', 'Phone System', 'Reports', 'Billing', 'Features', 'Company Call Log', 'Messages'];
const HELD: HeldSide = { scopes: ['AllExtensions'], roles: ['Manager'], siteRestricted: false };

/** So many permissions as the largest role holds, with names as long as RingCentral's. */
function many(amount: number): readonly Permission[] {
  return Array.from({ length: amount }, (_, index) => ({
    ...permission(`EditScreeningGreetingSettings${index}`, `Edit Screening Greetings of Users ${index}`),
    category: CATEGORIES[index % CATEGORIES.length] ?? null,
  }));
}

const onlyOne = (each: Permission): ComparedPermission => ({ permission: each, one: HELD, other: null });
const full = (id: string, name: string, custom = false): Role => ({
  ...role(id, name, custom),
  scope: 'AllExtensions',
  permissions: [],
  siteCompatible: true,
});

const lines = (saying: Saying): string[] => renderText(reply(saying), DENVER).split('\n');

function compareRoles(differing: readonly ComparedPermission[], common: readonly Permission[] = []): Saying {
  return {
    kind: 'role-comparison',
    roles: [full('1', 'Super Admin'), full('2', 'Standard')],
    compared: { differing, common },
    leftOut: [],
  };
}

function comparePeople(differing: readonly ComparedPermission[]): Saying {
  return {
    kind: 'people-comparison',
    people: [
      { person: alice, roles: [manager] },
      { person: bob, roles: [standard] },
    ],
    compared: { differing, common: [] },
    unseen: [],
    leftOut: [],
  };
}

describe('a comparison', () => {
  it.each<[string, readonly ComparedPermission[], string]>([
    [
      'both sides',
      [onlyOne(permission('A')), { permission: permission('B'), one: null, other: HELD }],
      'Super Admin has 1 permission that Standard has not; Standard has 1 that Super Admin has not.',
    ],
    [
      'one side',
      [onlyOne(permission('A')), onlyOne(permission('B'))],
      'Super Admin has everything that Standard has, and 2 permissions more.',
    ],
    [
      'the other side',
      [{ permission: permission('B'), one: null, other: HELD }],
      'Standard has everything that Super Admin has, and one permission more.',
    ],
    ['neither', [], 'Super Admin and Standard hold the same 0 permissions.'],
    [
      'reach alone',
      [{ permission: permission('B'), one: HELD, other: { ...HELD, scopes: ['Self'] } }],
      'Super Admin and Standard hold the same 1 permission, 1 of them with a different reach.',
    ],
  ])('says first who has more: %s', (_, differing, headline) => {
    expect(lines(compareRoles(differing))[0]).toBe(headline);
  });

  it('lists differences by category and counts what is common', () => {
    const billing = { ...permission('PaymentMethod', 'Payment Method'), category: 'Billing' };
    const reports = { ...permission('QoSReports', 'Quality of Service Reports'), category: 'Reports' };
    const text = lines(compareRoles([onlyOne(reports), onlyOne(billing)], many(3)));
    expect(text).toContain('• Billing (1): Payment Method');
    expect(text).toContain('• Reports (1): Quality of Service Reports (QoSReports)');
    expect(text).toContain('The same in both: 3 permissions (Phone System 1, Reports 1, User Settings 1).');
    expect(text.join('\n')).not.toContain('Screening');
  });

  it('of people tells who, through which role and how far, and what is held to sites', () => {
    const restricted = { ...HELD, siteRestricted: true };
    const text = lines(
      comparePeople([onlyOne(permission('A')), { permission: permission('B'), one: restricted, other: HELD }]),
    );
    expect(text).toContain('Only Alice Anderson, 1:');
    expect(text.some((line) => /^ {2}A .*Manager .*all extensions$/.test(line))).toBe(true);
    expect(text).toContain('Both, unlike, 1:');
    expect(text.some((line) => line.endsWith('all extensions at their sites / all extensions'))).toBe(true);
  });
});

describe('180 permissions', () => {
  const all = many(180);
  const sayings: readonly [string, Saying][] = [
    ['two roles', compareRoles(all.map(onlyOne))],
    [
      'two roles, half and half',
      compareRoles(
        all.map((each, index) => ({ permission: each, one: index % 2 ? HELD : null, other: index % 2 ? null : HELD })),
      ),
    ],
    ['two people', comparePeople(all.map(onlyOne))],
    [
      'a role',
      {
        kind: 'role-description',
        role: full('1', 'Super Admin'),
        permissions: all,
        isDefault: false,
        holders: { count: 2, withinSites: false },
      },
    ],
  ];

  it.each(sayings)('of %s fit into one message, every one of them', (_, saying) => {
    const message = toBlockKit(render(reply(saying), DENVER));
    expect(blockProblems(message.blocks)).toEqual([]);
    const text = JSON.stringify(message.blocks);
    expect(all.filter((each) => !text.includes(`${each.displayName}`))).toEqual([]);
    expect(text).not.toContain('do not fit');
    expect(message.blocks.length).toBeLessThan(LIMITS.messageBlocks / 2);
  });

  it.each(sayings)('of %s are all in the terminal, in lines that can be read', (_, saying) => {
    const text = lines(saying);
    const words = text.join(' ').replace(/ +/g, ' ');
    expect(all.filter((each) => !words.includes(`${each.displayName}`))).toEqual([]);
    expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(160);
  });

  it('that do not fit are counted', () => {
    const endless = many(1_500);
    const { blocks } = toBlockKit(render(reply(compareRoles(endless.map(onlyOne))), DENVER));
    expect(blockProblems(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toMatch(/and \d+ more that do not fit here/);
  });
});

const FACTS: PermissionFacts = {
  permission: { ...permission('ReadCompanyCallLog', 'View Company Call Log'), category: 'Company Call Log' },
  known: 'dictionary',
  portal: 'Company Call Log > View Only',
  includes: [],
  includedIn: [permission('EditCompanyCallLog', 'Delete Company Call Log Records')],
  includesInferred: false,
  assignable: true,
  assignableParents: [],
  scopes: ['AllExtensions'],
  appPermissions: ['ReadCallLog'],
  runtimeId: null,
  sources: ['captured answer', 'RingCentral developer guide, page "Call Log"'],
};

const describing = (facts: Partial<PermissionFacts>): string[] =>
  lines({
    kind: 'permission-description',
    facts: { ...FACTS, ...facts },
    roles: [{ role: role('7', 'Manager'), through: FACTS.permission.id }],
  });

describe('what a permission is', () => {
  it('says the name, the checkbox, the app permission and the roles, and which of it is from documents', () => {
    const text = describing({});
    expect(text[0]).toBe(
      'View Company Call Log (ReadCompanyCallLog) is a permission of the category Company Call Log.',
    );
    expect(text).toContain('In the admin portal: Company Call Log > View Only');
    expect(text).toContain('App permission beside it: ReadCallLog');
    expect(text).toContain('• Manager');
    expect(text.join('\n')).toContain(
      'the place in the portal, the reach and the app permission. Sources: RingCentral developer guide',
    );
  });

  it.each<[string, Partial<PermissionFacts>, string]>([
    [
      'no documented place',
      { portal: null },
      'In the admin portal: look for "View Company Call Log" under Company Call Log; the exact place is not documented',
    ],
    ['no name either', { portal: null, permission: permission('X') }, 'In the admin portal: not documented'],
    [
      'a parent to tick',
      { assignable: false, assignableParents: [permission('EditMessages', 'Edit Messages')] },
      'On a role: cannot be ticked by itself; tick Edit Messages',
    ],
    ['no parent', { assignable: false }, 'On a role: cannot be ticked by itself'],
    ['nobody says', { assignable: null }, 'On a role: not published whether it can be ticked by itself'],
    ['no reach published', { scopes: [] }, 'Reach seen in real accounts: not published'],
    [
      'documents only',
      { known: 'file' },
      'View Company Call Log (ReadCompanyCallLog) is named in public documents, and not in the dictionary of this account.',
    ],
    [
      'a label',
      { runtimeId: 'ReadCompanyCallLog' },
      "It is a label of RingCentral's documents: servers name this permission ReadCompanyCallLog.",
    ],
    [
      'a rule of thumb',
      { includesInferred: true, includes: [permission('ReadX', 'View X')] },
      'Probably comes with it, as viewing comes with editing:',
    ],
    [
      'nobody',
      { known: 'nowhere', permission: permission('TeleportCalls') },
      'Nobody knows a permission TeleportCalls.',
    ],
  ])('says so: %s', (_, facts, line) => {
    expect(describing(facts)).toContain(line);
  });
});

describe('a permission that nobody knows', () => {
  const unknown = (
    intent: 'describe-permission' | 'describe-role',
    about: 'permission' | 'role',
    words: string,
  ): string => lines({ kind: 'ask-back', intent, about, words, choices: [], buttons: [], lastRole: null }).join(' ');

  it.each<[Parameters<typeof unknown>, boolean]>([
    [['describe-permission', 'permission', 'teleport calls'], true],
    [['describe-role', 'role', 'TeleportCalls'], true],
    [['describe-role', 'role', 'night shift'], false],
    [['describe-role', 'role', 'Nightshift'], false],
    [['describe-permission', 'permission', ''], false],
  ])('is told where it was looked for: %j', (question, told) => {
    expect(unknown(...question).includes('nor the public documents name it')).toBe(told);
  });
});

describe('roles that can be given', () => {
  const row = (name: string, more: object = {}) => ({ role: role('9', name), held: false, guard: null, ...more });
  const saying = (more: Partial<Extract<Saying, { kind: 'assignable-roles' }>>): Saying => ({
    kind: 'assignable-roles',
    person: bob,
    roles: [row('Manager'), row('Super Admin', { guard: 'protected-role' }), row('Support', { held: true })],
    source: 'ringcentral',
    asked: false,
    hiddenFromAsker: false,
    ...more,
  });

  it('come first, then the others with their reason, then who made the list', () => {
    const text = lines(saying({}));
    expect(text[0]).toBe('You can give Bob Brown (102) 1 role.');
    expect(text).toContain('• Super Admin: The role is protected; giving or taking it needs a second person.');
    expect(text).toContain('Bob Brown (102) already has Support.');
    expect(text.join('\n')).toContain("This is RingCentral's own list for you");
    expect(text.join('\n')).toContain('write "give 102 Manager"');
  });

  it.each<[string, Partial<Extract<Saying, { kind: 'assignable-roles' }>>, string]>([
    ['yes', { asked: true, roles: [row('Manager')] }, 'Yes. You can give Bob Brown (102) Manager.'],
    [
      'no',
      { asked: true, roles: [row('Steward', { guard: 'escalation' })] },
      'No. You cannot give Bob Brown (102) Steward.',
    ],
    ['already', { asked: true, roles: [row('Support', { held: true })] }, 'Bob Brown (102) already has Support.'],
    [
      'none of several',
      { asked: true, roles: [row('A', { guard: 'escalation' }), row('B', { guard: 'disabled' })] },
      'There is no role among them that you can give Bob Brown (102).',
    ],
    ['none at all', { roles: [] }, 'There is no further role that you can give Bob Brown (102).'],
  ])('asked about a few: %s', (_, more, headline) => {
    expect(lines(saying(more))[0]).toBe(headline);
  });

  it.each(['no-token', 'no-feature', 'no-permission'] as const)('say why they were computed: %s', (source) => {
    expect(lines(saying({ source })).join('\n')).toContain('Computed from your assigned roles');
  });
});

describe('names that want to be more than names', () => {
  const HOSTILE = [
    '<!channel>',
    '<@U1|bob>',
    '*bold* _x_ `y`',
    '[a](https://evil.example)',
    'a\nb\u202e',
    '| x | y |',
    '&lt;!here&gt;',
  ];
  const sayings = (name: string): readonly Saying[] => {
    const evil = { ...permission('X', name), category: name };
    const side: HeldSide = { scopes: [name], roles: [name], siteRestricted: false };
    const partner = { sid: 's', name, parent: 's', status: name, scopes: [name, 'sms.manage'] };
    const person = { ...bob, name };
    const custom = { ...full('600', name, true), description: name, scope: name };
    return [
      {
        kind: 'role-comparison',
        roles: [custom, custom],
        compared: { differing: [{ permission: evil, one: side, other: null }], common: [evil] },
        leftOut: [name],
      },
      {
        kind: 'people-comparison',
        people: [
          { person, roles: [held('9', name)] },
          { person, roles: [] },
        ],
        compared: { differing: [{ permission: evil, one: side, other: side }], common: [evil] },
        unseen: [name],
        leftOut: [name],
      },
      { kind: 'role-description', role: custom, permissions: [evil], isDefault: true, holders: null },
      { kind: 'default-role', role: { ...role('9', name), description: name } },
      {
        kind: 'permission-description',
        facts: {
          ...FACTS,
          permission: { ...evil, description: name },
          portal: null,
          includes: [evil],
          assignable: false,
          assignableParents: [evil],
          sources: [name],
          runtimeId: name,
        },
        roles: [{ role: role('9', name), through: evil.id }],
      },
      {
        kind: 'assignable-roles',
        person,
        roles: [
          { role: { ...role('9', name), description: name }, held: false, guard: null },
          { role: role('8', name), held: true, guard: null },
          { role: role('7', name), held: false, guard: 'escalation' },
        ],
        source: 'no-token',
        asked: false,
        hiddenFromAsker: true,
      },
      {
        kind: 'scope-check',
        answers: [{ partner, scope: 'sms.read', verdict: 'yes', grant: { through: 'sms.manage' } }],
      },
      { kind: 'scopes-of', partners: [{ partner, parent: name }], known: ['sms.manage'] },
      { kind: 'who-has-scope', scope: 'sms.read', negated: false, rows: [{ partner, through: name }], unshown: [name] },
    ];
  };

  it.each(HOSTILE)('stay text: %j', (name) => {
    for (const saying of sayings(name)) {
      const message = toBlockKit(render(reply(saying), DENVER));
      expect(blockProblems(message.blocks)).toEqual([]);
      expect(message.text).not.toMatch(/<[!@#]/);
      const texts = JSON.stringify(message.blocks);
      expect(texts).not.toContain('"mrkdwn"');
      expect(texts).not.toContain('"rich_text"');
      expect(texts).not.toContain('\u202e');
      expect(renderText(reply(saying), DENVER)).not.toContain('\u202e');
    }
  });
});
