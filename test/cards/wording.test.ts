import { describe, expect, it } from 'vitest';
import { renderText } from '#src/cards/text.ts';
import { render } from '#src/cards/wording.ts';
import type { AttachmentTrouble } from '#src/domain/attachment.ts';
import type { GuardReason } from '#src/domain/change.ts';
import { permissionId, siteId } from '#src/domain/ids.ts';
import type { PermissionAnswer, RefusalReason, Saying } from '#src/domain/reply.ts';
import { INTENT_EFFECTS, type Intent } from '#src/domain/understanding.ts';
import {
  AS_OF,
  alice,
  bob,
  button,
  DENVER,
  held,
  manager,
  permission,
  person,
  personPlan,
  plan,
  reply,
  role,
  standard,
  support,
} from './builders.ts';

const meetings = permission('Meetings');
const companyLog = permission('ReadCompanyCallLog', 'Company call log');

function answer(more: Partial<PermissionAnswer>): PermissionAnswer {
  return {
    person: bob,
    permission: meetings,
    verdict: 'yes',
    paths: [],
    unseen: null,
    cures: [],
    assignableParent: null,
    ...more,
  };
}

const lines = (saying: Saying): string[] => renderText(reply(saying), DENVER).split('\n');

describe('a permission answer', () => {
  it('says yes first, then the path, then when and how it was checked', () => {
    const saying: Saying = {
      kind: 'permission-check',
      answers: [
        answer({
          permission: companyLog,
          paths: [
            { through: permissionId('AllCompanyLogs'), role: manager, assigned: 'given', scopes: ['AllExtensions'] },
          ],
        }),
      ],
    };
    const proof = { kind: 'own-token', permission: null, scopes: [], role: null } as const;
    expect(renderText(reply(saying, { asOf: AS_OF, proof }), DENVER)).toBe(
      [
        'Yes. Bob Brown (102) has Company call log (ReadCompanyCallLog).',
        '',
        'How it reaches them:',
        '• Manager, a role given to them, holds AllCompanyLogs, which includes ReadCompanyCallLog. Reach: all extensions.',
        '',
        'as of 09:00:12 MST, checked with your own RingCentral sign-in · ref ABCD',
      ].join('\n'),
    );
  });

  it('offers the cure for a no, and how to say it where the asker may give it', () => {
    const saying: Saying = {
      kind: 'permission-check',
      answers: [
        answer({
          person: alice,
          verdict: 'no',
          cures: [
            { role: role('600004', 'Support', true), extra: [], askerMayGive: true },
            { role: role('7', 'Manager'), extra: [permissionId('Reports'), permissionId('Calls')], askerMayGive: true },
          ],
        }),
      ],
    };
    expect(lines(saying)).toEqual([
      'No. Alice Anderson (101) does not have Meetings.',
      '',
      'What would give it, fewest extra permissions first:',
      '• Support (custom role) brings nothing else.',
      '• Manager (standard role) also brings 2 other permissions: Reports and Calls.',
      '',
      'You may give it: write "give 101 Support".',
      '',
      'ref ABCD',
    ]);
  });

  it('sends those who may not give the cure to an administrator', () => {
    const cures = [{ role: role('7', 'Manager'), extra: [], askerMayGive: false }];
    const text = renderText(reply({ kind: 'permission-check', answers: [answer({ verdict: 'no', cures })] }));
    expect(text).toContain('You cannot give these roles yourself. A RingCentral administrator can.');
    expect(text).not.toContain('You may give it');
  });

  it('names the parent to tick where the permission cannot be put on a role', () => {
    const one = answer({ verdict: 'no', assignableParent: permissionId('Users') });
    expect(lines({ kind: 'permission-check', answers: [one] })).toContain(
      'Meetings cannot be put on a role by itself: in the admin portal it comes with Users.',
    );
  });

  it.each([
    ['self-only', 'Only for themselves. Bob Brown (102) has Meetings on their own extension, not for others.'],
    ['cannot-tell', 'Cannot tell whether Bob Brown (102) has Meetings.'],
  ] as const)('words the verdict %s', (verdict, headline) => {
    expect(render(reply({ kind: 'permission-check', answers: [answer({ verdict })] })).headline).toBe(headline);
  });

  it('says why it cannot tell', () => {
    const one = answer({ verdict: 'cannot-tell', unseen: 'the role Night Desk could not be read' });
    expect(lines({ kind: 'permission-check', answers: [one] })).toContain(
      'What could not be seen: the role Night Desk could not be read',
    );
  });

  it('says when a path reaches only the sites that the holder administers', () => {
    const steward = held('600006', 'Role Steward', { siteRestricted: true });
    const path = { through: meetings.id, role: steward, assigned: 'default', scopes: ['Account'] } as const;
    expect(renderText(reply({ kind: 'permission-check', answers: [answer({ paths: [path] })] }))).toContain(
      'Role Steward, the default role of the account, holds Meetings. Reach: the whole account, only for the sites they administer.',
    );
  });

  it('counts the answers about several people', () => {
    const answers = [answer({}), answer({ person: alice, verdict: 'no' })];
    const card = render(reply({ kind: 'permission-check', answers }));
    expect(card.headline).toBe('2 answers: 1 yes and 1 no.');
    expect(card.parts[0]).toMatchObject({ kind: 'table', rows: [{ 2: 'Yes' }, { 2: 'No' }] });
  });
});

describe('answers about roles', () => {
  const manyRows = [
    { person: bob, through: [manager], scopes: ['Account'] },
    { person: alice, through: [], scopes: [] },
  ];

  it.each<[string, Saying, string]>([
    [
      'has it',
      { kind: 'role-check', answers: [{ person: bob, role: role('7', 'Manager'), assignment: manager }] },
      'Yes. Bob Brown (102) has the role Manager.',
    ],
    [
      'has it not',
      { kind: 'role-check', answers: [{ person: bob, role: role('7', 'Manager'), assignment: null }] },
      'No. Bob Brown (102) does not have the role Manager.',
    ],
    [
      'one role',
      { kind: 'roles-of', people: [{ person: bob, roles: [manager] }] },
      'Bob Brown (102) has one role: Manager.',
    ],
    ['no role', { kind: 'roles-of', people: [{ person: bob, roles: [] }] }, 'Bob Brown (102) has no role.'],
    [
      'two roles',
      { kind: 'roles-of', people: [{ person: bob, roles: [manager, support] }] },
      'Bob Brown (102) has 2 roles.',
    ],
    [
      'who has a permission',
      {
        kind: 'who-has',
        subject: { permission: companyLog },
        group: null,
        negated: false,
        rows: manyRows,
        unseen: null,
      },
      '2 people have Company call log (ReadCompanyCallLog).',
    ],
    [
      'who has a role',
      {
        kind: 'who-has',
        subject: { role: role('7', 'Manager') },
        group: { site: 'Denver' },
        negated: false,
        rows: manyRows.slice(1),
        unseen: null,
      },
      '1 person has the role Manager at the site Denver.',
    ],
    [
      'who has not',
      {
        kind: 'who-has',
        subject: { role: role('7', 'Manager') },
        group: { department: 'Sales', except: ['104'] },
        negated: true,
        rows: manyRows,
        unseen: null,
      },
      '2 people do not have the role Manager in the department Sales, leaving out 104.',
    ],
    [
      'nobody',
      { kind: 'who-has', subject: { role: role('7', 'Manager') }, group: null, negated: false, rows: [], unseen: null },
      'Nobody has the role Manager.',
    ],
    [
      'nobody without',
      { kind: 'who-has', subject: { role: role('7', 'Manager') }, group: null, negated: true, rows: [], unseen: null },
      'There is nobody without the role Manager.',
    ],
    [
      'all roles',
      {
        kind: 'role-list',
        custom: null,
        roles: [role('7', 'Manager'), role('600004', 'Support', true)],
        hiddenFromAsker: false,
      },
      '2 roles: 1 standard, 1 custom.',
    ],
    [
      'custom roles',
      { kind: 'role-list', custom: true, roles: [role('600004', 'Support', true)], hiddenFromAsker: false },
      '1 custom role.',
    ],
    [
      'a role',
      {
        kind: 'role-description',
        role: { ...role('7', 'Manager'), scope: null, permissions: [], siteCompatible: null },
        permissions: [meetings],
        isDefault: false,
        holders: null,
      },
      'Manager is a standard role with 1 permission.',
    ],
    [
      'roles with a permission',
      {
        kind: 'roles-with-permission',
        permission: meetings,
        roles: [{ role: role('600004', 'Support', true), through: meetings.id, others: 3 }],
        hiddenFromAsker: false,
      },
      '1 role includes Meetings. The smallest is Support.',
    ],
    [
      'no role with it',
      { kind: 'roles-with-permission', permission: meetings, roles: [], hiddenFromAsker: true },
      'No role that you may see includes Meetings.',
    ],
    [
      'permissions of',
      { kind: 'permissions-of', person: bob, held: [{ permission: meetings, scopes: ['Self'], roles: ['Support'] }] },
      'Bob Brown (102) has 1 permission.',
    ],
  ])('starts with the answer: %s', (_, saying, headline) => {
    expect(render(reply(saying)).headline).toBe(headline);
  });

  it('tells what could not be seen', () => {
    const saying: Saying = {
      kind: 'who-has',
      subject: { permission: meetings },
      group: null,
      negated: false,
      rows: [],
      unseen: '12 people outside your sites',
    };
    expect(lines(saying)).toContain('What could not be seen: 12 people outside your sites');
  });

  it('lists who has it with what reaches them', () => {
    const saying: Saying = {
      kind: 'who-has',
      subject: { permission: meetings },
      group: null,
      negated: false,
      rows: manyRows,
      unseen: null,
    };
    expect(render(reply(saying)).parts).toEqual([
      {
        kind: 'table',
        caption: 'People who have Meetings',
        columns: ['Person', 'Ext.', 'Department', 'Site', 'Through', 'Reach'],
        rows: [
          ['Bob Brown', '102', 'Support', 'Main Site', 'Manager', 'the whole account'],
          ['Alice Anderson', '101', '', '', '', 'reach not stated'],
        ],
      },
    ]);
  });

  it('leaves out what is said of nobody', () => {
    const saying: Saying = {
      kind: 'who-has',
      subject: { role: role('7', 'Manager') },
      group: null,
      negated: true,
      rows: [{ person: alice, through: [], scopes: [] }],
      unseen: null,
    };
    expect(render(reply(saying)).parts).toMatchObject([
      { columns: ['Person', 'Ext.'], rows: [['Alice Anderson', '101']] },
    ]);
  });

  it('says who one is, and how that was proved', () => {
    const saying: Saying = {
      kind: 'whoami',
      person: bob,
      roles: [manager],
      proof: 'sign-in',
      mayChangeRoles: 'no',
      ownToken: true,
    };
    expect(lines(saying)).toEqual([
      'You are Bob Brown (102).',
      '',
      'Roles: Manager',
      'Department: Support',
      'Site: Main Site',
      'May change roles: No',
      'Identity proved by: signing in to RingCentral',
      'Rights are checked: with your own RingCentral sign-in',
      '',
      'ref ABCD',
    ]);
  });
});

describe('a change', () => {
  const preview = (people: ReturnType<typeof personPlan>[], moved = false): Saying => ({
    kind: 'change-preview',
    plan: plan(people),
    confirm: button('confirm'),
    cancel: button('cancel'),
    expiresAt: AS_OF,
    moved,
  });

  it('is shown as before and after, with gains and losses, before anything happens', () => {
    const one = personPlan([standard, support], [support, manager], {
      gains: [permissionId('Reports')],
      losses: [permissionId('InternationalCalls')],
      notes: ['The default role takes no place.'],
    });
    expect(lines(preview([one]))).toEqual([
      'Give Manager to Bob Brown (102) and take Standard (International) away? Nothing has changed yet.',
      '',
      'Roles of Bob Brown (102), before and after:',
      '- Standard (International): taken away',
      '  Support: stays',
      '+ Manager: new',
      '',
      '• Gains 1 permission: Reports.',
      '• Loses 1 permission: InternationalCalls.',
      '• The default role takes no place.',
      '',
      'Confirm by 09:00:12 MST; after that, ask again.',
      '',
      '[ Confirm ]  [ Cancel ]',
      '',
      'ref ABCD',
    ]);
  });

  it('says when the list moved since it was first shown', () => {
    expect(renderText(reply(preview([personPlan([], [manager])], true)))).toContain(
      'Somebody changed these roles after the first preview. This is the list as it is now.',
    );
  });

  it('asks once more in the client before roles are taken, and not before one is given', () => {
    const confirmOf = (saying: Saying) => render(reply(saying)).buttons[0]?.confirm;
    expect(confirmOf(preview([personPlan([], [manager])]))).toBeNull();
    expect(confirmOf(preview([personPlan([manager], [])]))).toEqual({
      title: 'Change these roles?',
      text: 'Take Manager from Bob Brown (102)?',
      yes: 'Yes, change',
      no: 'Back',
    });
    const two = [personPlan([], [manager]), personPlan([], [manager], { person: alice })];
    expect(confirmOf(preview(two))).not.toBeNull();
  });

  it('keeps those apart whom a guard leaves out', () => {
    const guarded = personPlan([], [manager], { person: alice, guard: 'disabled' });
    const text = renderText(reply(preview([personPlan([], [manager]), guarded])));
    expect(text).toContain('Give Manager to Bob Brown (102)?');
    expect(text).toContain(
      'Not included:\n• Alice Anderson (101): The extension is disabled. Enable it in the admin portal before giving it a role.',
    );
  });

  it.each<[string, Parameters<typeof plan>, string]>([
    ['taking', [[personPlan([manager, support], [support])]], 'Take Manager from Bob Brown (102)?'],
    ['resetting', [[personPlan([manager], [standard])], 'reset-roles'], 'Reset Bob Brown (102) to the default role?'],
    [
      'different things',
      [[personPlan([], [manager]), personPlan([support], [], { person: alice })], 'combined'],
      'Change the roles of 2 people?',
    ],
    [
      'the same for many',
      [[personPlan([], [manager]), personPlan([], [manager], { person: alice })]],
      'Give Manager to 2 people?',
    ],
  ])('asks exactly what it would do: %s', (_, args, question) => {
    expect(render(reply({ kind: 'dry-run', plan: plan(...args) })).headline).toBe(
      `Dry run: ${question} Nothing has changed.`,
    );
  });

  const result = (outcome: Extract<Saying, { kind: 'changed' }>['results'][number]['outcome']): Saying => ({
    kind: 'changed',
    results: [{ person: bob, before: [standard], after: [standard, manager], outcome }],
    undo: null,
  });

  it.each<[string, Saying, string]>([
    [
      'done',
      result({ kind: 'changed', verifiedAt: AS_OF }),
      'Done. Bob Brown (102) now has Standard (International) and Manager.',
    ],
    [
      'same',
      result({ kind: 'unchanged' }),
      'Nothing to change. Bob Brown (102) already has Standard (International) and Manager.',
    ],
    [
      'moved',
      result({ kind: 'moved', found: [support] }),
      'Stopped. Somebody else changed the roles of Bob Brown (102) meanwhile.',
    ],
    [
      'refused',
      result({ kind: 'refused', guard: 'last-super-admin' }),
      'Refused. The roles of Bob Brown (102) were not changed.',
    ],
    [
      'failed',
      result({ kind: 'failed', code: 'CMN-408', detail: null }),
      'Failed. The roles of Bob Brown (102) are as before.',
    ],
    [
      'differs',
      result({ kind: 'differs', found: [support] }),
      'Check this. The roles of Bob Brown (102) are not as asked.',
    ],
    [
      'unsettled',
      result({ kind: 'unsettled', code: 'directory-unavailable' }),
      'Not known yet. The change of Bob Brown (102) may or may not have taken effect.',
    ],
  ])('is told by what RingCentral shows afterwards: %s', (_, saying, headline) => {
    expect(render(reply(saying)).headline).toBe(headline);
  });

  it('says done only with the time at which RingCentral showed it', () => {
    expect(lines(result({ kind: 'changed', verifiedAt: AS_OF }))).toContain(
      'RingCentral showed the new list at 09:00:12 MST.',
    );
  });

  it.each([
    [
      result({ kind: 'failed', code: 'CMN-408', detail: 'RoleManagement' }),
      'RingCentral answered CMN-408. RingCentral names as missing: RoleManagement. Read again, RingCentral shows the old list. Nothing was changed. Ask again in a few minutes; if it stays so, tell your administrator the reference.',
    ],
    [
      result({ kind: 'failed', code: 'no-effect', detail: null }),
      'RingCentral accepted the change and did not carry it out. Read again, RingCentral shows the old list. Nothing was changed. Ask again in a few minutes; if it stays so, tell your administrator the reference.',
    ],
    [
      result({ kind: 'failed', code: 'busy', detail: null }),
      'Another change of this person is under way. Nothing was changed. Ask again when it is done.',
    ],
    [
      result({ kind: 'unsettled', code: 'directory-unavailable' }),
      'RingCentral does not answer. It will be read again and settled from the record; nothing will be written twice.',
    ],
    [
      result({ kind: 'moved', found: [] }),
      'Nothing was written. The list is now: no role. Ask again to see a new preview.',
    ],
  ])('tells what is and is not known after trouble (%#)', (saying, line) => {
    expect(lines(saying)).toContain(line);
  });

  it('counts a partial result', () => {
    const saying: Saying = {
      kind: 'changed',
      results: [
        { person: bob, before: [], after: [manager], outcome: { kind: 'changed', verifiedAt: AS_OF } },
        { person: alice, before: [], after: [manager], outcome: { kind: 'refused', guard: 'disabled' } },
      ],
      undo: null,
    };
    expect(render(reply(saying)).headline).toBe('Partly done. 1 of 2 people changed; the others are told below.');
  });

  it('says so when there is nothing to do', () => {
    expect(lines({ kind: 'nothing-to-change', plan: plan([personPlan([manager], [manager])]) })).toEqual([
      'Nothing to change: the roles are already as you want them.',
      '',
      '• Bob Brown (102) has Manager.',
      '',
      'ref ABCD',
    ]);
  });
});

describe('a question back', () => {
  const ask = (more: Partial<Extract<Saying, { kind: 'ask-back' }>>): Saying => ({
    kind: 'ask-back',
    intent: 'assign-role',
    about: 'person',
    words: 'chris',
    choices: [],
    buttons: [],
    lastRole: null,
    ...more,
  });

  it('offers those who fit as buttons, told apart', () => {
    const choices = [
      { value: '109', label: 'Chris Young (109)', detail: 'Sales, Main Site' },
      { value: '110', label: 'Chris Young (110)', detail: 'Support, Denver' },
    ];
    const saying = ask({ choices, buttons: [button('choose', 0), button('choose', 1), button('cancel')] });
    expect(lines(saying)).toEqual([
      'Whom do you mean by "chris"?',
      '',
      'I understood that you want to give a role. Nothing was changed.',
      '',
      'These fit:',
      '• Chris Young (109): Sales, Main Site',
      '• Chris Young (110): Support, Denver',
      '',
      '[ Chris Young (109) ]  [ Chris Young (110) ]  [ None of these ]',
      '',
      'ref ABCD',
    ]);
  });

  it.each<[Partial<Extract<Saying, { kind: 'ask-back' }>>, string]>([
    [{}, 'I know nobody called "chris". Please give the full name, the extension number or the e-mail address.'],
    [{ words: '' }, 'Whom do you mean? Please give a name, an extension number or an e-mail address.'],
    [{ about: 'role', words: 'mangr' }, 'I know no role called "mangr". Please name it differently.'],
    [{ about: 'time', words: '5/6' }, 'When exactly is "5/6"? It can be read in more than one way.'],
    [{ about: 'request', words: '' }, 'Which request do you mean? Please give its four-character id.'],
    [
      { lastRole: { person: bob, role: 'Manager' } },
      'Manager is the only role of Bob Brown (102). What should take its place?',
    ],
  ])('asks for exactly what is missing (%#)', (more, headline) => {
    expect(render(reply(ask(more))).headline).toBe(headline);
  });

  it('offers things to do in words', () => {
    const choices = [{ value: 'check-role', label: 'check role', detail: null }];
    const saying = ask({ about: 'intent', words: 'manager', choices, buttons: [button('choose', 0)] });
    expect(lines(saying)).toContain('[ Check whether somebody has a role ]');
  });

  it('does not speak of changes after a question that changes none', () => {
    expect(renderText(reply(ask({ intent: 'check-role' })))).not.toContain('changed');
  });
});

describe('a refusal', () => {
  const reasons: RefusalReason[] = [
    { kind: 'not-linked' },
    { kind: 'guest' },
    { kind: 'stranger' },
    { kind: 'bot' },
    { kind: 'deleted' },
    { kind: 'unknown-member' },
    { kind: 'unconfirmed' },
    { kind: 'link-ended', why: 'the extension is disabled' },
    { kind: 'unknown-extension', extension: '999' },
    { kind: 'no-right', verb: 'assign', permission: permissionId('EditAssignedRoles'), target: bob, extended: false },
    {
      kind: 'no-right',
      verb: 'read-others',
      permission: permissionId('ReadAssignedRoles'),
      target: null,
      extended: true,
    },
    { kind: 'outside-site', target: bob, sites: ['Denver'] },
    { kind: 'outside-site', target: bob, sites: [] },
    { kind: 'app-lacks-scope', scope: 'RoleManagement' },
    { kind: 'guard', people: [{ person: bob, guard: 'last-super-admin' }] },
    {
      kind: 'guard',
      people: [
        { person: bob, guard: 'disabled' },
        { person: alice, guard: 'not-a-user' },
      ],
    },
    { kind: 'not-yours' },
    { kind: 'expired' },
    { kind: 'already-settled', state: 'done' },
    { kind: 'stale' },
    { kind: 'too-long', limit: 4000 },
    { kind: 'too-many-people', limit: 500 },
    { kind: 'nobody-found' },
  ];

  it.each(reasons)('says what happened and what was not changed: $kind', (reason) => {
    const text = renderText(reply({ kind: 'refused', reason }));
    expect(text).toMatch(/[Nn]othing was (?:changed|looked up)|changed nothing/);
    expect(text).toContain('ref ABCD');
  });

  it('names the missing right and that nothing is lent', () => {
    expect(lines({ kind: 'refused', reason: reasons[9] as RefusalReason })).toEqual([
      'No. RingCentral does not let you change the roles of Bob Brown (102).',
      '',
      'That needs the RingCentral permission EditAssignedRoles, which you do not have. Nothing was changed. Rolecall never lends its own rights. Ask a RingCentral administrator.',
      '',
      'ref ABCD',
    ]);
  });

  it('tells a right held only for oneself from a right not held', () => {
    expect(renderText(reply({ kind: 'refused', reason: reasons[10] as RefusalReason }))).toContain(
      'You hold ReadAssignedRoles only for your own extension; it has to reach further.',
    );
  });

  it('tells a fault of the app from a fault of the asker', () => {
    expect(
      renderText(reply({ kind: 'refused', reason: { kind: 'app-lacks-scope', scope: 'RoleManagement' } })),
    ).toContain('This is a fault in the set-up of the app, not in your rights.');
  });

  it('says how linking will work and that an e-mail address is no proof', () => {
    const text = renderText(reply({ kind: 'refused', reason: { kind: 'not-linked' } }));
    expect(text).toContain('a private link to sign in to RingCentral once');
    expect(text).toContain('An e-mail address alone is not enough.');
  });

  const guards = Object.keys({
    'last-super-admin': true,
    'own-lockout': true,
    'service-account': true,
    'no-role-left': true,
    'not-a-user': true,
    disabled: true,
    'not-activated': true,
    'outside-site': true,
    escalation: true,
    'gains-role-rights-oneself': true,
    'protected-role': true,
    'not-assignable': true,
    'no-right': true,
  } satisfies Record<GuardReason, true>) as GuardReason[];

  it('has different words for every guard', () => {
    const said = guards.map((guard) =>
      renderText(reply({ kind: 'refused', reason: { kind: 'guard', people: [{ person: bob, guard }] } })),
    );
    expect(new Set(said).size).toBe(guards.length);
    for (const text of said) expect(text).toMatch(/Nothing was changed\./);
  });
});

describe('trouble', () => {
  const fault = (more: Partial<Extract<Saying, { kind: 'fault' }>>): Saying => ({
    kind: 'fault',
    code: 'directory-unavailable',
    errorCode: null,
    retryAfterMs: null,
    missing: null,
    settled: 'unchanged',
    ...more,
  });

  it.each<[Partial<Extract<Saying, { kind: 'fault' }>>, string[]]>([
    [{}, ['That did not work. RingCentral does not answer.', 'Nothing was changed. Try again in a few minutes.']],
    [
      { code: 'rate-limited', retryAfterMs: 59_200 },
      [
        'That did not work. RingCentral asks for a pause: too many requests.',
        'Nothing was changed. Try again in 60 seconds.',
      ],
    ],
    [
      { code: 'directory-forbidden', missing: 'EditUserRoles', errorCode: 'CMN-408' },
      ['RingCentral names as missing: EditUserRoles.', "RingCentral's code: CMN-408."],
    ],
    [
      { settled: 'unknown' },
      [
        'Whether it took effect is not known yet: RingCentral is read again before anything else is written. Try again in a few minutes.',
      ],
    ],
    [{ code: 'internal' }, ['That did not work. Something went wrong inside Rolecall.']],
  ])('says what happened, what was not changed and what to do (%#)', (more, expected) => {
    expect(lines(fault(more))).toEqual(expect.arrayContaining(expected));
  });
});

describe('the rest', () => {
  it('names every intent that is not there yet', () => {
    const intents = Object.keys(INTENT_EFFECTS) as Intent[];
    const said = intents.map((intent) => render(reply({ kind: 'not-available', intent, part: 'all' })).headline);
    expect(said).toContain('I understood that you want to compare two roles. That is not available yet.');
    expect(new Set(said).size).toBe(intents.length);
  });

  it.each<[AttachmentTrouble, string]>([
    [{ kind: 'too-big', limitBytes: 1024 ** 2 }, 'people.csv is too big for me: at most 1 MB.'],
    [{ kind: 'empty' }, 'people.csv is empty.'],
    [{ kind: 'several', count: 3 }, 'These are 3 files; I read one at a time.'],
    [{ kind: 'not-csv' }, 'people.csv is not a CSV file.'],
    [{ kind: 'encoding', probably: null, line: 1 }, 'people.csv is not written in UTF-8.'],
    [
      { kind: 'encoding', probably: 'Windows-1252', line: 3 },
      'people.csv is not written in UTF-8 but probably in Windows-1252: line 3 cannot be read.',
    ],
    [{ kind: 'elsewhere' }, 'people.csv is kept by another service; I can read files in Slack only.'],
    [{ kind: 'gone' }, 'people.csv is no longer there.'],
    [{ kind: 'not-allowed' }, 'I am not allowed to read files in this workspace.'],
    [{ kind: 'unreachable' }, 'people.csv could not be fetched from Slack just now.'],
  ])('says why a file is not used, that nothing happened, and what helps (%#)', (trouble, headline) => {
    const [first, , second] = lines({
      kind: 'refused',
      reason: { kind: 'attachment', attachment: { name: 'people.csv', trouble } },
    });
    expect(first).toBe(headline);
    expect(second).toMatch(/^Nothing was looked up and nothing was changed\. [A-Z].+\.$/);
  });

  it('tells that a file was left aside', () => {
    expect(lines({ kind: 'file-unused', file: 'people.csv', intent: 'whoami' }).slice(0, 3)).toEqual([
      'I understood that you want to see who you are to RingCentral. I use no file for that.',
      '',
      'people.csv was left aside. Nothing was looked up and nothing was changed. Say it again without the file and name the people in your words.',
    ]);
  });

  it('tells that only the time is missing where the change itself works', () => {
    expect(lines({ kind: 'not-available', intent: 'assign-role', part: 'time' })).toEqual([
      'I understood that you want to give a role at or for a certain time. Times are not available yet.',
      '',
      'Nothing was changed. Say it without a time to have it at once and without an end.',
      '',
      'ref ABCD',
    ]);
  });

  it('offers sentences that would work', () => {
    expect(lines({ kind: 'not-understood', suggestions: ['who are the super admins'], otherLanguage: false })).toEqual([
      'I did not understand that.',
      '',
      'Nothing was changed.',
      '',
      'These would work:',
      '• who are the super admins',
      '',
      'ref ABCD',
    ]);
  });

  it('says that only English is understood', () => {
    expect(render(reply({ kind: 'not-understood', suggestions: [], otherLanguage: true })).headline).toBe(
      'I understand English only, so far.',
    );
  });

  it('says how words were read that were not literal', () => {
    const saying: Saying = { kind: 'roles-of', people: [{ person: bob, roles: [manager] }] };
    expect(renderText(reply(saying, { readings: ['"bbo" as Bob Brown (102)'] }))).toContain(
      'I read "bbo" as Bob Brown (102).',
    );
  });

  it('names computed evidence and its limit to sites', () => {
    const proof = { kind: 'computed', permission: null, role: null, siteRestricted: true } as const;
    expect(render(reply({ kind: 'cancelled' }, { asOf: AS_OF, proof }), DENVER).footnote).toBe(
      'as of 09:00:12 MST, your right computed from your assigned roles, limited to your sites · ref ABCD',
    );
  });

  it('keeps a table of wide names straight in a terminal', () => {
    const people = [
      { person: person('117', '李 伟', { site: { id: siteId('1'), name: 'Berlin' } }), roles: [support] },
      { person: bob, roles: [manager] },
    ];
    expect(lines({ kind: 'roles-of', people }).slice(2, 6)).toEqual([
      'Person           Roles',
      '----------------------',
      '李 伟 (117)      Support',
      'Bob Brown (102)  Manager',
    ]);
  });
});
