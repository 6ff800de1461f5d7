import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, openHarness, preview, type Seen, turn } from './harness.ts';

let slack: Harness;
beforeEach(async () => {
  slack = await openHarness();
  slack.conversation.onSay = () => preview();
});
afterEach(() => slack.close());

/** Asks for a change and returns the message with the buttons. */
async function ask(channel = 'C0GENERAL'): Promise<Seen> {
  if (channel.startsWith('D')) await slack.act('/act/message', { user: 'U104', channel, text: 'give bob Manager' });
  else await slack.act('/act/command', { user: 'U104', channel, text: 'give bob Manager' });
  const [question] = await slack.answered('U104', channel, 1);
  if (question === undefined) throw new Error('no question was shown');
  return question;
}

function buttonsOf(message: Seen | undefined): string[] {
  return (message?.blocks ?? [])
    .flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []))
    .map(({ action_id }) => action_id ?? '');
}

describe('a button', () => {
  it.each(['C0GENERAL', 'DU104'])('does once what it says, and disappears with its message (%s)', async (channel) => {
    const question = await ask(channel);
    expect(buttonsOf(question)).toEqual(['rolecall:confirm', 'rolecall:cancel']);
    await slack.act('/act/click', { user: 'U104', channel, ts: question.ts, actionId: 'rolecall:cancel' });
    await slack.until(async () => buttonsOf((await slack.answers('U104', channel))[0]).length === 0, 'the buttons go');
    const [result, ...more] = await slack.answers('U104', channel);
    expect(result?.text).toContain('Cancelled.');
    expect(more).toEqual([]);
    expect(slack.conversation.pressed).toEqual([
      {
        actor: expect.objectContaining({ member: 'U104', standing: expect.objectContaining({ home: true }) }),
        button: { action: 'cancel', id: 'question-1', version: 1, index: null },
        thread: `slack:T0SANDBOX:${channel}:main:U104`,
      },
    ]);
  });

  it('in a thread keeps to the thread', async () => {
    const root = await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'hello' });
    await slack.answered('U104', 'DU104', 1);
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'give bob Manager', threadTs: root.ts });
    const [, question] = await slack.answered('U104', 'DU104', 2);
    await slack.act('/act/click', { user: 'U104', channel: 'DU104', ts: question?.ts, actionId: 'rolecall:cancel' });
    await slack.until(() => slack.conversation.pressed.length === 1, 'the click arrives');
    expect(slack.conversation.pressed[0]?.thread).toBe(`slack:T0SANDBOX:DU104:${root.ts}:U104`);
  });

  it('carries the position of a choice', async () => {
    const choices = [
      { value: '109', label: 'Chris Young (109)', detail: 'Sales' },
      { value: '110', label: 'Chris Young (110)', detail: 'Support' },
    ];
    const buttons = choices.map((_, index) => ({ action: 'choose' as const, id: 'q', version: 3, index }));
    slack.conversation.onSay = () =>
      turn({
        kind: 'ask-back',
        intent: 'assign-role',
        about: 'person',
        words: 'chris',
        choices,
        buttons,
        lastRole: null,
      });
    slack.conversation.onPress = () => preview('question-2');
    const question = await ask();
    await slack.act('/act/click', {
      user: 'U104',
      channel: 'C0GENERAL',
      ts: question.ts,
      actionId: 'rolecall:choose:1',
    });
    await slack.until(
      async () => buttonsOf((await slack.answers('U104', 'C0GENERAL'))[0]).includes('rolecall:confirm'),
      'the preview takes the place of the question',
    );
    expect(slack.conversation.pressed[0]?.button).toEqual({ action: 'choose', id: 'q', version: 3, index: 1 });
  });

  it.each([
    ['no JSON', 'rolecall:confirm', 'nonsense'],
    ['nothing', 'rolecall:confirm', ''],
    ['another shape', 'rolecall:confirm', '{"id":"question-1"}'],
    ['more than we put there', 'rolecall:confirm', '{"id":"question-1","version":1,"index":null,"admin":true}'],
    ['an id that is none', 'rolecall:confirm', '{"id":"../../etc","version":1,"index":null}'],
    ['a position that is not its own', 'rolecall:choose:1', '{"id":"question-1","version":1,"index":0}'],
  ])('that carries %s changes nothing and says so', async (_, actionId, value) => {
    const question = await ask();
    await slack.act('/act/click', {
      user: 'U104',
      channel: 'C0GENERAL',
      ts: question.ts,
      actionId,
      value,
      blockId: 'forged',
      force: true,
    });
    const [, note] = await slack.answered('U104', 'C0GENERAL', 2);
    expect(note?.text).toContain('This button cannot be read.');
    expect(note?.text).toContain('Nothing was changed.');
    expect(slack.conversation.pressed).toEqual([]);
  });

  it('that nobody knows is acknowledged and told', async () => {
    const question = await ask();
    const act = await slack.act('/act/click', {
      user: 'U104',
      channel: 'C0GENERAL',
      ts: question.ts,
      actionId: 'elsewhere',
      value: 'x',
      force: true,
    });
    expect(act).toMatchObject({ ok: true });
    const [, note] = await slack.answered('U104', 'C0GENERAL', 2);
    expect(note?.text).toContain('I do not know this button.');
  });

  it('clicked late gets a private note and leaves the result in place', async () => {
    const question = await ask('DU104');
    slack.conversation.onPress = () =>
      turn({ kind: 'refused', reason: { kind: 'already-settled', state: 'done' } }, { outcome: 'refused' });
    await slack.act('/act/click', { user: 'U104', channel: 'DU104', ts: question.ts, actionId: 'rolecall:confirm' });
    const [first, note] = await slack.answered('U104', 'DU104', 2);
    expect(first?.ts).toBe(question.ts);
    expect(buttonsOf(first)).toHaveLength(2);
    expect(note).toMatchObject({ ephemeral: true });
    expect(note?.text).toContain('This was already done.');
  });

  it('clicked again while the first click is worked on does nothing twice', async () => {
    let finish = (): void => undefined;
    slack.conversation.onPress = () =>
      new Promise((resolve) => {
        finish = () => resolve(turn({ kind: 'cancelled' }));
      });
    const question = await ask();
    const click = { user: 'U104', channel: 'C0GENERAL', ts: question.ts, actionId: 'rolecall:confirm' };
    await slack.act('/act/click', click);
    await slack.until(() => slack.conversation.pressed.length === 1, 'the first click arrives');
    await slack.act('/act/click', click);
    const [, note] = await slack.answered('U104', 'C0GENERAL', 2);
    expect(note?.text).toContain('This is being worked on already.');
    finish();
    await slack.until(async () => buttonsOf((await slack.answers('U104', 'C0GENERAL'))[0]).length === 0, 'the result');
    expect(slack.conversation.pressed).toHaveLength(1);
  });

  it('is replaced by another way when the response address fails', async () => {
    const question = await ask('DU104');
    await slack.act('/faults', { method: 'response_url', times: 1, fault: { kind: 'status', status: 500 } });
    await slack.act('/act/click', { user: 'U104', channel: 'DU104', ts: question.ts, actionId: 'rolecall:cancel' });
    await slack.until(async () => buttonsOf((await slack.answers('U104', 'DU104'))[0]).length === 0, 'the buttons go');
    expect(await slack.answers('U104', 'DU104')).toHaveLength(1);
  });

  it('clicked long after rests on a fresh standing, never on an old one', async () => {
    const question = await ask();
    await slack.act('/faults', { method: 'users.info', times: 9, fault: { kind: 'ratelimited', retryAfter: 30 } });
    await slack.act('/act/click', {
      user: 'U104',
      channel: 'C0GENERAL',
      ts: question.ts,
      actionId: 'rolecall:confirm',
    });
    await slack.until(() => slack.conversation.pressed.length === 1, 'the click arrives');
    expect(slack.conversation.pressed[0]?.actor).toMatchObject({ standing: null });
  });

  it('shows that it is worked on, without buttons, when it takes long', async () => {
    const impatient = await openHarness('socket', 20);
    try {
      let finish = (): void => undefined;
      impatient.conversation.onSay = () => preview();
      impatient.conversation.onPress = () =>
        new Promise((resolve) => {
          finish = () => resolve(turn({ kind: 'cancelled' }));
        });
      await impatient.act('/act/message', { user: 'U104', channel: 'DU104', text: 'give bob Manager' });
      const [question] = await impatient.answered('U104', 'DU104', 1);
      await impatient.act('/act/click', {
        user: 'U104',
        channel: 'DU104',
        ts: question?.ts,
        actionId: 'rolecall:confirm',
      });
      await impatient.until(
        async () => (await impatient.answers('U104'))[0]?.text.includes('Working on it.') === true,
        'progress',
      );
      expect(buttonsOf((await impatient.answers('U104'))[0])).toEqual([]);
      finish();
      await impatient.until(
        async () => (await impatient.answers('U104'))[0]?.text.includes('Cancelled.') === true,
        'the result',
      );
    } finally {
      await impatient.close();
    }
  });
});

describe('the home tab', () => {
  const shown = async (): Promise<string> => JSON.stringify((await slack.get('/home?user=U104')).view);

  it('shows the roles of whoever opens it, and help', async () => {
    await slack.act('/act/home', { user: 'U104' });
    await slack.until(async () => (await shown()) !== 'null', 'the page is published');
    expect(await shown()).toContain('your roles');
    expect(await shown()).toContain('say this');
    expect(slack.conversation.homes).toEqual([expect.objectContaining({ member: 'U104' })]);
  });

  it('is left alone when the messages tab is opened', async () => {
    await slack.act('/act/home', { user: 'U104', tab: 'messages' });
    await slack.act('/act/message', { user: 'U104', channel: 'DU104', text: 'hello' });
    await slack.answered('U104', 'DU104', 1);
    expect(slack.conversation.homes).toEqual([]);
  });

  it('says so when it cannot be shown', async () => {
    slack.conversation.home = () => Promise.reject(new Error('broken inside'));
    await slack.act('/act/home', { user: 'U104' });
    await slack.until(async () => (await shown()) !== 'null', 'the page is published');
    expect(await shown()).toContain('Your page cannot be shown now.');
    expect(await shown()).not.toContain('broken inside');
  });
});
