import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConversation } from '#src/conversation/index.ts';
import { createReader } from '#src/conversation/reader.ts';
import type { Actor } from '#src/domain/actor.ts';
import type { Button, Turn } from '#src/domain/reply.ts';
import { House } from '#test/support/house.ts';

function open() {
  const house = new House();
  const conversation = createConversation({ ...house.deps, zone: 'America/Denver' });
  const say = (actor: Actor, text: string) => conversation.say({ actor, text, thread: 'D1' });
  const press = (actor: Actor, button: Button) => conversation.press({ actor, button, thread: 'D1' });
  return { house, say, press };
}

function previewOf({ reply }: Turn) {
  if (reply.saying.kind !== 'change-preview') throw new Error(`no preview but ${JSON.stringify(reply.saying)}`);
  return reply.saying;
}

describe('in plain words', () => {
  it.each<[asker: string, text: string, outcome: string, people: readonly string[]]>([
    ['104', 'does alice have Meetings?', 'answered', ['101']],
    ['104', 'is bob a Manager?', 'answered', ['102']],
    ['104', 'what can alice do', 'answered', ['101']],
    ['104', 'what roles does bob have', 'answered', ['102']],
    ['104', 'who are the super admins', 'answered', ['104', '105']],
    ['104', 'who am I', 'answered', ['104']],
    ['101', 'my roles', 'answered', ['101']],
    ['101', 'does bob have Meetings?', 'refused', []],
    ['101', 'who are the super admins', 'refused', []],
    ['101', 'give bob Manager', 'refused', []],
    ['104', 'give bob Manager', 'confirm-needed', ['102']],
    ['104', 'change bob from Standard (International) to Manager', 'confirm-needed', ['102']],
    ['104', 'bob should only be Standard', 'confirm-needed', ['102']],
    ['104', 'reset christine to default', 'confirm-needed', ['111']],
    ['125', 'give frank Support', 'confirm-needed', ['106']],
    ['125', 'give bob Support', 'refused', []],
    ['104', 'difference between Manager and User Admin', 'answered', []],
  ])('%s: %s (%s)', async (asker, text, outcome, people) => {
    const { house, say } = open();
    const turn = await say(house.link(asker), text);
    expect(turn.reply.outcome).toBe(outcome);
    expect(turn.facts.people).toEqual(people);
    expect(house.account.writes).toEqual([]);
  });

  it('an unclear name is chosen by a button and the change confirmed by another', async () => {
    const { house, say, press } = open();
    const dave = house.link('104');
    const asked = await say(dave, 'give chris Support Lead');
    if (asked.reply.saying.kind !== 'ask-back') throw new Error('Chris was clear');
    const at = asked.reply.saying.choices.findIndex((choice) => choice.value === '110');
    const shown = await press(dave, asked.reply.saying.buttons[at] as Button);
    await press(dave, previewOf(shown).confirm);
    expect(house.account.rolesOf('110')).toEqual(['Support', 'Support Lead']);
    expect(house.account.rolesOf('109')).toEqual(['Standard (International)']);
  });

  it('a mention means the linked extension, and a member without one nobody', async () => {
    const { house, say } = open();
    const dave = house.link('104');
    house.link('102', 'UBOB');
    expect(previewOf(await say(dave, 'give <@UBOB> Manager')).plan.people.map(({ person }) => person.number)).toEqual([
      '102',
    ]);
    expect((await say(dave, 'give <@UGUEST|bob> Manager')).reply.outcome).toBe('ask-back');
  });

  it('another language is told so', async () => {
    const { house, say } = open();
    const turn = await say(house.link('104'), 'gib bob bitte die Rolle Manager');
    expect(turn.reply.saying).toMatchObject({ kind: 'not-understood', otherLanguage: true });
    expect(turn.reply.readings).toEqual([]);
  });
});

describe('whatever is said', () => {
  const { house, say } = open();
  const dave = house.link('104');
  const alice = house.link('101');
  const pieces = fc.constantFrom(
    'give',
    'bob',
    'Manager',
    'take',
    'everyone',
    'from',
    'to',
    'Super Admin',
    'me',
    '<@U1>',
    '```',
    '{"errorCode":',
    '\u0000',
    '\u202e',
    '*',
    '&lt;',
    'for 2 hours',
    '102',
    '\n',
    "don't",
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(pieces, { maxLength: 12 }).map((words) => words.join(' ')),
  );

  it('is answered without a mistake of ours and without a write', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(dave, alice), async (words, actor) => {
        const turn = await say(actor, words);
        expect(turn.reply.saying).not.toMatchObject({ kind: 'fault' });
        expect(house.account.writes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('Alice is never shown a change or anybody but herself', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        const turn = await say(alice, words);
        expect(['confirm-needed', 'changed']).not.toContain(turn.reply.outcome);
        expect(turn.facts.people.filter((number) => number !== '101')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('ten thousand characters are refused politely', async () => {
    expect((await say(dave, 'give bob Manager '.repeat(600))).reply.saying).toMatchObject({
      reason: { kind: 'too-long' },
    });
  });
});

it('reads words without answering them', async () => {
  const house = new House();
  const names = await house.deps.names.current();
  const reader = createReader(names, { zone: 'America/Denver', clock: house.clock });
  const read = reader.read('give bob Manager', { asker: '104', now: '2026-11-23T09:00:00-07:00' });
  expect(read).toMatchObject({ outcome: 'understood', intent: 'assign-role', people: ['102'], roles: ['Manager'] });
  expect(house.account.calls).toEqual([]);
});
