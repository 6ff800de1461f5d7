import { describe, expect, it } from 'vitest';
import { type Conversation, conversationWith } from '#src/conversation/conversation.ts';
import type { Language } from '#src/conversation/language.ts';
import type { Actor } from '#src/domain/actor.ts';
import { Fault } from '#src/domain/faults.ts';
import type { Button, Saying, Turn } from '#src/domain/reply.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import type { Context } from '#src/language/types.ts';
import { House, START, slackActor, understood } from '#test/support/house.ts';

type Heard = { readonly text: string; readonly context: Context };

/** A language that knows these sentences and nothing else. */
function scripted(sentences: Readonly<Record<string, Understanding>>, heard: Heard[]): Language<readonly string[]> {
  return {
    buildVocabulary: (input) => input.people.map((person) => person.name),
    understand: (text, _vocabulary, context) => {
      heard.push({ text, context });
      const unknown = { ...understood('help'), outcome: 'not-understood' as const, intent: null, effect: null };
      return { ...(sentences[text] ?? { ...unknown, suggestions: ['what can I do'] }), text };
    },
    mentionsIn: (text) => [...text.matchAll(/<@(\w+)>/g)].map((match) => match[1] ?? ''),
  };
}

function talk(house: House, sentences: Readonly<Record<string, Understanding>> = {}) {
  const heard: Heard[] = [];
  const conversation = conversationWith({ ...house.deps, zone: 'America/Denver' }, scripted(sentences, heard));
  return { conversation, heard };
}

const say = (conversation: Conversation, actor: Actor, text: string, thread = 'D1') =>
  conversation.say({ actor, text, thread });

function as<Kind extends Saying['kind']>({ reply }: Turn, kind: Kind): Extract<Saying, { kind: Kind }> {
  if (reply.saying.kind !== kind) throw new Error(`said ${JSON.stringify(reply.saying)}`);
  return reply.saying as Extract<Saying, { kind: Kind }>;
}

const giveBob = understood('assign-role', { people: ['102'], roles: ['Manager'] });

describe('who speaks is settled before anything is understood', () => {
  const standing = slackActor('U104').standing;
  it.each<[string, Partial<NonNullable<typeof standing>> | null, string]>([
    ['a guest', { guest: true }, 'guest'],
    ['a stranger', { stranger: true }, 'stranger'],
    ['a member of another workspace', { home: false }, 'stranger'],
    ['a bot', { bot: true }, 'bot'],
    ['a deleted member', { deleted: true }, 'deleted'],
    ['a member whose e-mail was never confirmed', { emailConfirmed: false }, 'unconfirmed'],
    ['a member whose standing could not be read', null, 'unknown-member'],
  ])('%s is refused, linked or not', async (_who, change, kind) => {
    const house = new House();
    house.link('104');
    const { conversation, heard } = talk(house, { hello: giveBob });
    const actor: Actor = {
      ...slackActor('U104'),
      standing: change === null || standing === null ? null : { ...standing, ...change },
    };
    const told = await say(conversation, actor, 'hello');
    expect(as(told, 'refused').reason.kind).toBe(kind);
    const found = house.logged.find(({ data }) => JSON.stringify(data).includes(told.reply.reference));
    expect(found?.data).toMatchObject({ member: 'U104', reason: kind });
    expect(heard).toEqual([]);
    expect(house.account.calls).toEqual([]);
  });

  it.each(['give bob Manager', 'who are the super admins', '', 'x'.repeat(10_000)])(
    'an unlinked member is told only that, whatever they say (%#)',
    async (text) => {
      const { conversation, heard } = talk(new House());
      const turn = await say(conversation, slackActor('UNOBODY'), text);
      expect(as(turn, 'refused').reason).toEqual({ kind: 'not-linked' });
      expect(turn).toMatchObject({ understanding: null, facts: { people: [] }, reply: { readings: [] } });
      expect(heard).toEqual([]);
    },
  );

  it.each<[string, (house: House) => void]>([
    ['disabled', (house) => house.account.edit('104', { status: 'Disabled' })],
    ['gone', (house) => void house.account.people.splice(house.account.people.indexOf(house.account.person('104')), 1)],
  ])('a link to an extension that is %s has ended', async (_what, change) => {
    const house = new House();
    const actor = house.link('104');
    change(house);
    const { conversation } = talk(house, { hello: giveBob });
    expect(as(await say(conversation, actor, 'hello'), 'refused').reason.kind).toBe('link-ended');
  });

  it('at the terminal it is the named extension, or the owner of the token', async () => {
    const { conversation } = talk(new House(), { me: understood('whoami') });
    const named = await say(conversation, { platform: 'terminal', extensionNumber: '103' }, 'me');
    expect(named.facts.people).toEqual(['103']);
    const owner = await say(conversation, { platform: 'terminal', extensionNumber: null }, 'me');
    expect(owner.facts.people).toEqual(['100']);
    const unknown = await say(conversation, { platform: 'terminal', extensionNumber: '999' }, 'me');
    expect(as(unknown, 'refused').reason).toEqual({ kind: 'unknown-extension', extension: '999' });
  });
});

describe('words', () => {
  it('lead to a preview, a click to the change, and RingCentral shows it', async () => {
    const house = new House();
    const dave = house.link('104');
    const { conversation } = talk(house, { 'give bob Manager': giveBob });
    const shown = await say(conversation, dave, 'give bob Manager');
    expect(shown.reply.outcome).toBe('confirm-needed');
    const done = await conversation.press({ actor: dave, button: as(shown, 'change-preview').confirm, thread: 'D1' });
    expect(done.reply).toMatchObject({ outcome: 'changed', proof: { kind: 'own-token' } });
    expect(house.account.rolesOf('102')).toContain('Manager');
  });

  it('of Alice are refused, because RingCentral gives her no such right', async () => {
    const house = new House();
    const { conversation } = talk(house, { 'give bob Manager': giveBob });
    const turn = await say(conversation, house.link('101'), 'give bob Manager');
    expect(as(turn, 'refused').reason).toMatchObject({ kind: 'no-right', permission: 'EditAssignedRoles' });
    expect(house.account.writes).toEqual([]);
  });

  it('that are empty get help, too long ones a refusal', async () => {
    const house = new House();
    const dave = house.link('104');
    const { conversation, heard } = talk(house);
    expect((await say(conversation, dave, ' \n ')).reply.saying.kind).toBe('help');
    expect(as(await say(conversation, dave, 'x'.repeat(8_001)), 'refused').reason.kind).toBe('too-long');
    expect(heard).toEqual([]);
  });

  it('that decline or mean nothing are answered so', async () => {
    const house = new House();
    const dave = house.link('104');
    const declined = { ...giveBob, outcome: 'declined' as const, intent: null, effect: null };
    const { conversation } = talk(house, { 'never mind': declined });
    expect((await say(conversation, dave, 'never mind')).reply.outcome).toBe('declined');
    expect(as(await say(conversation, dave, 'blah'), 'not-understood').suggestions).toEqual(['what can I do']);
  });

  it('are read in the zone of the company, with the asker and the linked members they mention', async () => {
    const house = new House();
    house.link('102', 'UBOB');
    const { conversation, heard } = talk(house);
    await say(conversation, house.link('104'), 'give <@UBOB> and <@UELSE> Manager');
    expect(heard[0]?.context).toMatchObject({ asker: '104', now: '2026-11-23T09:00:00-07:00', zone: 'America/Denver' });
    expect([...(heard[0]?.context.mentions ?? [])]).toEqual([
      ['UBOB', '102'],
      ['UELSE', null],
    ]);
  });

  it('that were misread say how they were read, but not in a refusal', async () => {
    const house = new House();
    const readings = [
      { words: 'bbo', as: '102', literal: false },
      { words: 'roles', as: 'roles', literal: true },
    ];
    const { conversation } = talk(house, {
      'roles of bbo': { ...understood('list-roles-of', { people: ['102'] }), readings },
    });
    const told = await say(conversation, house.link('104'), 'roles of bbo');
    expect(told.reply.readings).toEqual(['"bbo" as Bob Brown (102)']);
    expect((await say(conversation, house.link('101'), 'roles of bbo')).reply.readings).toEqual([]);
  });

  it('are remembered for their thread and their speaker only', async () => {
    const house = new House();
    const dave = house.link('104');
    const { conversation, heard } = talk(house, { 'roles of bob': understood('list-roles-of', { people: ['102'] }) });
    await say(conversation, dave, 'roles of bob', 'T1');
    await say(conversation, dave, 'and frank?', 'T1');
    await say(conversation, dave, 'and frank?', 'T2');
    await say(conversation, house.link('103'), 'and frank?', 'T1');
    expect(heard.map(({ context }) => context.previous?.people ?? null)).toEqual([null, ['102'], null, null]);
  });

  it('with an unknown name make the names be read again, once a minute at most; nonsense does not', async () => {
    const house = new House();
    const dave = house.link('104');
    const unknown: Understanding = {
      ...understood('list-roles-of'),
      outcome: 'ask-back',
      ask: { about: 'person', candidates: [], text: 'nina' },
    };
    const { conversation } = talk(house, { 'roles of nina': unknown });
    await say(conversation, dave, 'roles of nina');
    expect(house.account.refreshes).toBe(0);
    house.time.at = START + 60_000;
    await say(conversation, dave, 'blah');
    expect(house.account.refreshes).toBe(0);
    await say(conversation, dave, 'roles of nina');
    await say(conversation, dave, 'roles of nina');
    expect(house.account.refreshes).toBe(1);
  });
});

describe('an unclear name', () => {
  const unclear: Understanding = {
    ...understood('assign-role', { roles: ['Manager'] }),
    outcome: 'ask-back',
    ask: { about: 'person', candidates: ['109', '110'], text: 'chris' },
  };

  async function choose(conversation: Conversation, actor: Actor, turn: Turn, index: number): Promise<Turn> {
    const button = as(turn, 'ask-back').buttons[index] as Button;
    return conversation.press({ actor, button, thread: 'D1' });
  }

  it('is asked back with one button each, and the choice goes on from there', async () => {
    const house = new House();
    const dave = house.link('104');
    const { conversation } = talk(house, { 'give chris Manager': unclear });
    const asked = await say(conversation, dave, 'give chris Manager');
    expect(as(asked, 'ask-back').choices.map((choice) => choice.label)).toEqual([
      'Chris Young (109)',
      'Chris Young (110)',
    ]);
    const shown = await choose(conversation, dave, asked, 1);
    expect(as(shown, 'change-preview').plan.people.map(({ person }) => person.number)).toEqual(['110']);
    expect(as(await choose(conversation, dave, asked, 0), 'refused').reason.kind).toBe('already-settled');
  });

  it('is replaced in the sentence, so that the next unclear word is asked about', async () => {
    const house = new House();
    const dave = house.link('104');
    const next: Understanding = {
      ...understood('assign-role', { people: ['110'] }),
      outcome: 'ask-back',
      ask: { about: 'role', candidates: ['Manager', 'Support'], text: 'mnager' },
    };
    const both = { ...unclear, roles: [] };
    const { conversation } = talk(house, {
      'give chris mnager': both,
      'give 110 mnager': next,
      'give 110 Manager': { ...giveBob, people: ['110'] },
    });
    const asked = await say(conversation, dave, 'give chris mnager');
    const second = await choose(conversation, dave, asked, 1);
    expect(as(second, 'ask-back').about).toBe('role');
    const shown = await choose(conversation, dave, second, 0);
    expect(as(shown, 'change-preview').plan.people.map(({ person }) => person.number)).toEqual(['110']);
  });

  it('cannot be settled by somebody else, nor twice, nor with a made-up position', async () => {
    const house = new House();
    const dave = house.link('104');
    const { conversation } = talk(house, { 'give chris Manager': unclear });
    const asked = await say(conversation, dave, 'give chris Manager');
    expect(as(await choose(conversation, house.link('105'), asked, 0), 'refused').reason.kind).toBe('not-yours');
    const [first] = as(asked, 'ask-back').buttons;
    const forged = { ...(first as Button), index: 7 };
    expect(as(await conversation.press({ actor: dave, button: forged, thread: 'D1' }), 'refused').reason.kind).toBe(
      'stale',
    );
    const confirm = { ...(first as Button), action: 'confirm' as const };
    expect(as(await conversation.press({ actor: dave, button: confirm, thread: 'D1' }), 'refused').reason.kind).toBe(
      'stale',
    );
  });

  it('shows custom roles only to somebody who may see them', async () => {
    const house = new House();
    const asked: Understanding = {
      ...understood('describe-role'),
      outcome: 'ask-back',
      ask: { about: 'role', candidates: ['Night Desk', 'Standard'], text: 'nite' },
    };
    const { conversation } = talk(house, { 'what is in nite': asked });
    const choices = async (number: string) =>
      as(await say(conversation, house.link(number), 'what is in nite'), 'ask-back').choices.map(
        (choice) => choice.value,
      );
    expect(await choices('104')).toEqual(['Night Desk', 'Standard']);
    expect(await choices('101')).toEqual(['Standard']);
    const turn = await say(conversation, house.link('101'), 'what is in nite');
    expect(JSON.stringify(turn)).not.toContain('Night Desk');
  });

  it('reads a misspelt word as a custom role only for somebody who may see it or holds it', async () => {
    const house = new House();
    const heard = (role: string): Understanding => ({
      ...understood('check-role', { roles: [role] }),
      readings: [{ words: 'suport', as: role, literal: false }],
    });
    const { conversation } = talk(house, { 'am I suport': heard('Support'), 'am I dsk': heard('Front Desk') });
    const asked = await say(conversation, house.link('101'), 'am I suport');
    expect(as(asked, 'ask-back')).toMatchObject({ about: 'role', words: 'suport', choices: [] });
    expect(JSON.stringify(asked)).not.toContain('Support"');
    expect((await say(conversation, house.link('103'), 'am I suport')).reply.saying.kind).toBe('role-check');
    expect((await say(conversation, house.link('101'), 'am I dsk')).reply.saying.kind).toBe('role-check');
  });
});

it.each<[string, Understanding, string]>([
  ['permissions', understood('who-has-permission', { permissions: ['Meetings', 'ReadCompanyCallLog'] }), 'who-has'],
  ['roles', understood('who-has-role', { roles: ['Manager', 'Super Admin'] }), 'who-has'],
  ['roles to describe', understood('describe-role', { roles: ['Manager', 'Super Admin'] }), 'role-description'],
  [
    'permissions to look for',
    understood('roles-with-permission', { permissions: ['Meetings', 'ReadCallLog'] }),
    'roles-with-permission',
  ],
  ['people', understood('list-permissions', { people: ['101', '102'] }), 'permissions-of'],
])('asks which of several %s is meant where an answer holds one, and answers that one', async (_what, said, kind) => {
  const house = new House();
  const dave = house.link('104');
  const { conversation } = talk(house, { several: said });
  const asked = await say(conversation, dave, 'several');
  const { buttons, choices } = as(asked, 'ask-back');
  expect(choices.length).toBe(2);
  const told = await conversation.press({ actor: dave, button: buttons[1] as Button, thread: 'D1' });
  expect(told.reply.saying.kind).toBe(kind);
  const { people, roles, permissions } = told.facts;
  expect([...people, ...roles, ...permissions]).toContain(choices[1]?.value);
});

it('asks what takes the place of an only role, and then swaps it', async () => {
  const house = new House();
  const dave = house.link('104');
  const { conversation } = talk(house, {
    'take Front Desk from alice': understood('remove-role', { people: ['101'], roles: ['Front Desk'] }),
  });
  const asked = await say(conversation, dave, 'take Front Desk from alice');
  const [button] = as(asked, 'ask-back').buttons;
  const shown = await conversation.press({ actor: dave, button: button as Button, thread: 'D1' });
  expect(as(shown, 'change-preview').plan.intent).toBe('swap-role');
  await conversation.press({ actor: dave, button: as(shown, 'change-preview').confirm, thread: 'D1' });
  expect(house.account.rolesOf('101')).toEqual(['Standard (International)']);
});

describe('when the world fails', () => {
  it.each<[string, Fault, object]>([
    [
      'RingCentral limits',
      new Fault('rate-limited', 'x', { retryAfterMs: 30_000 }),
      { code: 'rate-limited', retryAfterMs: 30_000 },
    ],
    [
      'RingCentral refuses',
      new Fault('directory-forbidden', 'x', { errorCode: 'CMN-408', missing: 'ReadUserRoles' }),
      { errorCode: 'CMN-408', missing: 'ReadUserRoles' },
    ],
    ['RingCentral answers HTML', new Fault('directory-unreadable', 'x'), { code: 'directory-unreadable' }],
  ])('%s: it is told, with nothing changed and a reference', async (_what, fault, saying) => {
    const house = new House();
    const dave = house.link('104');
    house.account.trouble({ operation: 'checkOwnPermission', fault });
    const { conversation } = talk(house, { 'give bob Manager': giveBob });
    const turn = await say(conversation, dave, 'give bob Manager');
    expect(turn.reply).toMatchObject({ outcome: 'fault', saying: { kind: 'fault', settled: 'unchanged', ...saying } });
    expect(turn.reply.reference).not.toBe('');
  });

  it('a mistake of ours is told without its insides, and logged with the same reference', async () => {
    const house = new House();
    const dave = house.link('104');
    house.account.before = () => {
      throw new Error('secret insides');
    };
    const { conversation } = talk(house, { 'give bob Manager': giveBob });
    const turn = await say(conversation, dave, 'give bob Manager');
    expect(as(turn, 'fault').code).toBe('internal');
    expect(JSON.stringify(turn)).not.toContain('secret insides');
    expect(house.logged.find((line) => line.level === 'error')?.data).toMatchObject({
      reference: turn.reply.reference,
    });
  });
});

describe('home', () => {
  it('shows who I am and what I can say', async () => {
    const house = new House();
    const { conversation } = talk(house);
    const home = await conversation.home(house.link('101'));
    expect(home.whoami.saying).toMatchObject({ kind: 'whoami', roles: [{ displayName: 'Front Desk' }] });
    expect(home.help.saying.kind).toBe('help');
  });

  it('shows an unlinked member that they are not linked', async () => {
    const { conversation } = talk(new House());
    expect((await conversation.home(slackActor('UNOBODY'))).whoami.saying).toMatchObject({
      reason: { kind: 'not-linked' },
    });
  });
});

describe('a file that comes with the words', () => {
  const attachment = { name: 'people.csv', text: 'name\nBob Brown\n' };
  const send = (conversation: Conversation, text: string, more: Parameters<Conversation['say']>[0]['attachment']) =>
    conversation.say({
      actor: slackActor('U104'),
      text,
      thread: 'D1',
      ...(more === undefined ? {} : { attachment: more }),
    });

  function linked(sentences: Readonly<Record<string, Understanding>>) {
    const house = new House();
    house.link('104');
    return { house, ...talk(house, sentences) };
  }

  it('stops words that use no file, instead of doing them to the people named beside it', async () => {
    const { conversation } = linked({ 'who am I': understood('whoami') });
    const turn = await send(conversation, 'who am I', attachment);
    expect(as(turn, 'file-unused')).toEqual({ kind: 'file-unused', file: 'people.csv', intent: 'whoami' });
    expect(turn.reply.outcome).toBe('refused');
  });

  it.each(['', '  ', 'blah'])('is left aside when the words say nothing to do (%j)', async (text) => {
    const { conversation } = linked({});
    expect(as(await send(conversation, text, attachment), 'file-unused')).toMatchObject({ intent: null });
  });

  it('is refused with its reason when it cannot be read, and nothing is understood', async () => {
    const { conversation, heard } = linked({});
    const broken = { name: 'people.csv', trouble: { kind: 'empty' as const } };
    expect(as(await send(conversation, 'give them Manager', broken), 'refused').reason).toEqual({
      kind: 'attachment',
      attachment: broken,
    });
    expect(heard).toEqual([]);
  });

  it('tells somebody who is not known only that', async () => {
    const { conversation } = talk(new House());
    const turn = await send(conversation, '', { name: 'people.csv', trouble: { kind: 'empty' } });
    expect(as(turn, 'refused').reason).toEqual({ kind: 'not-linked' });
  });
});
