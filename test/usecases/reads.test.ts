import { describe, expect, it } from 'vitest';
import { dispatch } from '#src/conversation/dispatch.ts';
import { Fault } from '#src/domain/faults.ts';
import { roleId } from '#src/domain/ids.ts';
import type { Saying } from '#src/domain/reply.ts';
import type { Intent, Slots } from '#src/domain/understanding.ts';
import type { Answer } from '#src/usecases/session.ts';
import { House, understood } from '#test/support/house.ts';

async function ask(house: House, asker: string, intent: Intent, slots: Partial<Slots> = {}): Promise<Answer> {
  return dispatch(await house.session(asker), understood(intent, slots));
}

function as<Kind extends Saying['kind']>(answer: Answer, kind: Kind): Extract<Saying, { kind: Kind }> {
  if (answer.saying.kind !== kind) throw new Error(`said ${JSON.stringify(answer.saying)}`);
  return answer.saying as Extract<Saying, { kind: Kind }>;
}

describe('does somebody have a permission', () => {
  it.each<[asker: string, person: string, permission: string, verdict: string]>([
    ['104', '101', 'Meetings', 'no'],
    ['104', '110', 'Meetings', 'yes'],
    ['104', '102', 'ReadCallLog', 'self-only'],
    ['104', '106', 'ReadCompanyCallLog', 'yes'],
    ['104', '115', 'ThirdPartyAppAccess', 'no'],
    ['101', '101', 'Meetings', 'no'],
    ['102', '102', 'ReadCallLog', 'self-only'],
    ['104', '104', 'ReadCallLog', 'yes'],
    ['110', '110', 'Meetings', 'yes'],
    ['125', '106', 'ReadCompanyCallLog', 'yes'],
  ])('%s asks about %s and %s: %s', async (asker, person, permission, verdict) => {
    const answer = await ask(new House(), asker, 'check-permission', { people: [person], permissions: [permission] });
    expect(answer.verdict).toBe(verdict);
    expect(answer.about).toMatchObject({ people: [person], permissions: [permission] });
  });

  it('names the way it reaches the person', async () => {
    const answer = await ask(new House(), '104', 'check-permission', {
      people: ['110'],
      permissions: ['ReadMessages'],
    });
    const [first] = as(answer, 'permission-check').answers;
    expect(first?.paths).toMatchObject([{ role: { displayName: 'Support' }, assigned: 'given', scopes: ['Self'] }]);
    expect(first?.assignableParent).toBe('EditMessages');
  });

  it('offers the smallest role first, and whether the asker could give it', async () => {
    const dave = await ask(new House(), '104', 'check-permission', { people: ['101'], permissions: ['Meetings'] });
    const [cure] = as(dave, 'permission-check').answers[0]?.cures ?? [];
    expect(cure).toMatchObject({ role: { displayName: 'Support' }, extra: [], askerMayGive: true });
    const alice = await ask(new House(), '101', 'check-permission', { people: ['101'], permissions: ['Meetings'] });
    expect(as(alice, 'permission-check').answers[0]?.cures.every((each) => !each.askerMayGive)).toBe(true);
  });

  it('offers nothing for an extension that cannot hold roles, and nothing to give to a disabled one', async () => {
    const cures = async (person: string) => {
      const answer = await ask(new House(), '104', 'check-permission', {
        people: [person],
        permissions: ['QoSReports'],
      });
      return as(answer, 'permission-check').answers[0]?.cures;
    };
    expect(await cures('127')).toEqual([]);
    expect((await cures('123'))?.map((cure) => cure.askerMayGive)).not.toContain(true);
    expect((await cures('102'))?.map((cure) => cure.askerMayGive)).toContain(true);
  });

  it('shows no custom role as a cure to somebody who may not see custom roles', async () => {
    const answer = await ask(new House(), '101', 'check-permission', { people: ['101'], permissions: ['Meetings'] });
    const cures = as(answer, 'permission-check').answers[0]?.cures ?? [];
    expect(cures.length).toBeGreaterThan(0);
    expect(cures.some((cure) => cure.role.custom)).toBe(false);
  });

  it('says when "only for oneself" is the cautious reading of a role that reaches further', async () => {
    const unseen = async (person: string) => {
      const answer = await ask(new House(), '104', 'check-permission', {
        people: [person],
        permissions: ['ReadCallLog'],
      });
      return as(answer, 'permission-check').answers[0]?.unseen;
    };
    expect(await unseen('106')).toContain('Manager');
    expect(await unseen('102')).toBeNull();
  });

  it('looks into each role once for suggestions, not at every question', async () => {
    const house = new House();
    const session = await house.session('104');
    const reads = () => house.account.calls.filter((call) => call.operation === 'readRole').length;
    await dispatch(session, understood('check-permission', { people: ['101'], permissions: ['Meetings'] }));
    const first = reads();
    await dispatch(session, understood('check-permission', { people: ['101'], permissions: ['Meetings'] }));
    expect(reads()).toBe(first);
    expect(first).toBeGreaterThan(house.account.roles.length - 1);
  });

  it('cannot tell when RingCentral withholds a role, and says why', async () => {
    const house = new House();
    house.account.roles.splice(
      house.account.roles.findIndex((role) => role.id === roleId('600001')),
      1,
    );
    const answer = await ask(house, '104', 'check-permission', { people: ['101'], permissions: ['BusinessSms'] });
    expect(answer.verdict).toBe('cannot-tell');
    expect(as(answer, 'permission-check').answers[0]?.unseen).toContain('did not show');
  });

  it("trusts RingCentral's own profile of the asker over what roles would give", async () => {
    const house = new House();
    const session = await house.session('102');
    house.account.profile = () => [];
    const answer = await dispatch(
      session,
      understood('check-permission', { people: ['102'], permissions: ['Meetings'] }),
    );
    expect(answer.verdict).toBe('no');
  });
});

describe('without the right to read others', () => {
  const questions: readonly [Intent, Partial<Slots>][] = [
    ['check-permission', { permissions: ['Meetings'] }],
    ['check-role', { roles: ['Support'] }],
    ['list-permissions', {}],
    ['list-roles-of', {}],
  ];

  it.each(questions)(
    '%s about another is refused the same whatever is true, before anything is read',
    async (intent, slots) => {
      const reasons = [];
      for (const person of ['110', '102', '123']) {
        const house = new House();
        const answer = await ask(house, '101', intent, { ...slots, people: [person] });
        const { reason } = as(answer, 'refused');
        reasons.push({ ...reason, target: null });
        expect(answer.about).toEqual({ people: [], roles: [], permissions: [], changes: [] });
        const target = house.account.person(person).id;
        expect(
          house.account.calls.some((call) => call.operation === 'readAssignedRoles' && call.about === target),
        ).toBe(false);
        expect(house.store.entries.map((entry) => entry.action)).toEqual([`refused.${intent}`]);
      }
      expect(reasons).toEqual([reasons[0], reasons[0], reasons[0]]);
    },
  );

  it.each<[Intent, Partial<Slots>]>([
    ['who-has-permission', { permissions: ['Meetings'] }],
    ['who-has-role', { roles: ['Super Admin'] }],
    ['list-roles', { custom: true }],
    ['describe-role', { roles: ['Front Desk'] }],
    ['list-roles-of', { group: { role: 'Super Admin' } }],
  ])('%s is refused', async (intent, slots) => {
    expect((await ask(new House(), '101', intent, slots)).outcome).toBe('refused');
  });

  it('oneself and predefined roles are answered', async () => {
    const house = new House();
    expect((await ask(house, '101', 'list-roles-of', { people: ['101'] })).about.roles).toEqual(['Front Desk']);
    expect((await ask(house, '101', 'describe-role', { roles: ['Manager'] })).outcome).toBe('answered');
    const roles = as(await ask(house, '101', 'list-roles'), 'role-list');
    expect(roles.roles.some((role) => role.custom)).toBe(false);
    expect(roles.hiddenFromAsker).toBe(true);
    const with_ = as(
      await ask(house, '101', 'roles-with-permission', { permissions: ['Meetings'] }),
      'roles-with-permission',
    );
    expect(with_.roles.some(({ role }) => role.custom)).toBe(false);
  });
});

describe('a look at others', () => {
  it('is in the trail of who saw what, with its reference and what proved the right, before the answer', async () => {
    const house = new House();
    const session = await house.session('104');
    await dispatch(session, understood('list-roles-of', { people: ['101'] }));
    expect(house.store.looks).toMatchObject([
      { actor: '104', action: 'read.list-roles-of', subject: '101', reference: session.reference },
    ]);
    expect(JSON.parse(house.store.looks[0]?.body ?? '')).toMatchObject({ proof: { kind: 'own-token' } });
  });

  it('is not answered when that trail cannot be written', async () => {
    const house = new House();
    house.store.seen.append = async () => {
      throw new Fault('store-unavailable', 'disk full');
    };
    await expect(ask(house, '104', 'list-roles-of', { people: ['101'] })).rejects.toMatchObject({
      code: 'store-unavailable',
    });
  });

  it('leaves no entry when it is at oneself', async () => {
    const house = new House();
    await ask(house, '104', 'list-roles-of', { people: ['104'] });
    expect(house.store.looks).toEqual([]);
  });
});

describe('who has it', () => {
  it.each<[Intent, Partial<Slots>, readonly string[]]>([
    ['who-has-role', { roles: ['Super Admin'] }, ['104', '105']],
    ['who-has-role', { roles: ['Support'], group: { site: 'Berlin' } }, ['117', '124']],
    ['who-has-permission', { permissions: ['ReadCompanyCallLog'] }, ['104', '105', '106', '111']],
    ['who-has-permission', { permissions: ['ThirdPartyAppAccess'], negated: true }, ['115', '122']],
    ['who-has-permission', { permissions: ['Meetings'], group: { department: 'Front Desk' } }, []],
    [
      'who-has-permission',
      { permissions: ['Meetings'], group: { department: 'Front Desk' }, negated: true },
      ['108', '115', '118', '122'],
    ],
    ['who-has-permission', { permissions: ['Meetings'], group: { range: ['101', '103'], except: ['103'] } }, ['102']],
    ['who-has-permission', { permissions: ['Meetings'], group: { role: 'Reports' } }, ['111']],
  ])('%s %j: %j', async (intent, slots, people) => {
    expect((await ask(new House(), '104', intent, slots)).about.people).toEqual(people);
  });

  it('leaves out whom a site administrator does not reach, and says so', async () => {
    const answer = await ask(new House(), '125', 'who-has-permission', { permissions: ['Meetings'] });
    expect(answer.about.people).toEqual(['106', '110', '111', '114', '120']);
    expect(as(answer, 'who-has').unseen).toContain('outside Denver');
  });

  it('goes by the sites that people belong to now', async () => {
    const house = new House();
    await house.deps.names.current();
    const { site } = house.account.person('102');
    house.account.edit('106', { site });
    const answer = await ask(house, '125', 'who-has-role', { roles: ['Manager'] });
    expect(answer.about.people).toEqual([]);
  });

  it('tells when some roles could not be looked into', async () => {
    const house = new House();
    house.account.trouble({ operation: 'readRole', fault: new Fault('directory-forbidden', 'no') });
    const answer = await ask(house, '104', 'who-has-permission', { permissions: ['Meetings'] });
    expect(as(answer, 'who-has').unseen).toContain('1 role');
  });

  it.each([
    ['a token of their own', '104'],
    ['computed rights', '103'],
  ])('costs pages + distinct roles + 2 calls at most, with %s', async (_how, asker) => {
    const house = new House();
    if (asker === '103') house.account.tokens.delete('103');
    const { deps } = house;
    house.account.calls.length = 0;
    const session = await house.session(asker);
    await session.facts.extension(session.asker.person.id);
    await dispatch(session, understood('who-has-permission', { permissions: ['Meetings'] }));
    const distinct = new Set([...house.account.assignments.values()].flatMap((roles) => roles.map((role) => role.id)));
    expect(house.account.calls.length).toBeLessThanOrEqual(1 + distinct.size + 2);
    expect(deps.names).toBeDefined();
  });

  it('reads names again once for somebody who is too new for them, and not at every question', async () => {
    const house = new House();
    await house.deps.names.current();
    house.account.people.push({
      ...house.account.person('102'),
      id: '999' as never,
      number: '199' as never,
      name: 'Nina New',
    });
    house.account.assignments.set('999' as never, [house.account.assignment('Super Admin')]);
    house.time.at += 120_000;
    const answer = await ask(house, '104', 'who-has-role', { roles: ['Super Admin'] });
    expect(answer.about.people).toEqual(['104', '105', '199']);
    house.account.assignments.set('998' as never, [house.account.assignment('Super Admin')]);
    const again = await ask(house, '104', 'who-has-role', { roles: ['Super Admin'] });
    expect(as(again, 'who-has').unseen).toContain('1 extension');
    expect(house.account.refreshes).toBe(1);
  });
});

describe('who am I', () => {
  it.each([
    ['104', 'yes', true],
    ['103', 'yes', true],
    ['101', 'no', true],
    ['107', 'no', false],
    ['125', 'yes', true],
  ])('%s may change roles: %s', async (asker, mayChangeRoles, ownToken) => {
    expect((await ask(new House(), asker, 'whoami')).saying).toMatchObject({ mayChangeRoles, ownToken });
  });
});

describe('a question about many people', () => {
  const many = { group: { department: 'Support' } };

  it('costs one listing instead of a call for each', async () => {
    const house = new House();
    const answer = await ask(house, '104', 'list-roles-of', many);
    expect(answer.about.people).toEqual(['101', '102', '110', '111', '117', '119', '124']);
    const operations = house.account.calls.map((call) => call.operation);
    expect(operations).toEqual(['readOwnProfile', 'listAssignedRoles']);
  });

  it('is refused without the right, or where somebody is outside the sites', async () => {
    expect((await ask(new House(), '101', 'list-roles-of', many)).saying).toMatchObject({
      reason: { kind: 'no-right' },
    });
    const omar = await ask(new House(), '125', 'list-roles-of', many);
    expect(omar.saying).toMatchObject({
      reason: { kind: 'outside-site', target: { number: '101' }, sites: ['Denver'] },
    });
    const denver = { people: ['106', '110', '111', '114', '115'] };
    expect((await ask(new House(), '125', 'list-roles-of', denver)).outcome).toBe('answered');
  });
});

it('refuses a question about more people than one answer can hold', async () => {
  const house = new House();
  const answer = await ask(house, '104', 'list-roles-of', { group: { everyone: true } });
  expect(as(answer, 'refused').reason).toMatchObject({ kind: 'too-many-people' });
  expect(house.account.calls.filter((call) => call.operation === 'checkOwnPermission')).toEqual([]);
});

it('refuses a group that nobody belongs to', async () => {
  const answer = await ask(new House(), '104', 'list-roles-of', { group: { department: 'Choir' } });
  expect(as(answer, 'refused').reason).toEqual({ kind: 'nobody-found' });
});

it('refuses by its name what is understood and not built yet', async () => {
  const answer = await ask(new House(), '104', 'remind');
  expect(answer.saying).toEqual({ kind: 'not-available', intent: 'remind', part: 'all' });
});
