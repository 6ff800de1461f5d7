import { beforeEach, describe, expect, it } from 'vitest';
import { findErrorCode } from '#src/catalogue/lookups.ts';
import { createConversation } from '#src/conversation/index.ts';
import type { Turn } from '#src/domain/reply.ts';
import { idOf } from '#test/support/account.ts';
import { CARRIERS, carried } from '#test/support/error-carriers.ts';
import { House } from '#test/support/house.ts';

let house: House;
beforeEach(() => {
  house = new House();
});

async function say(number: string, text: string): Promise<Turn> {
  const conversation = createConversation(house.deps);
  return conversation.say({ actor: house.link(number), text, thread: 'T' });
}

const BODY = JSON.stringify({
  errorCode: 'CMN-408',
  message: 'In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.',
  errors: [{ errorCode: 'CMN-408', permissionName: 'Meetings' }],
});

describe('an error said in any words', () => {
  it.each<[text: string, person: string, verdict: string]>([
    [BODY, '104', 'yes'],
    [`\`\`\`${BODY}\`\`\``, '104', 'yes'],
    ['CMN-408 [Meetings]', '104', 'yes'],
    ['alice gets CMN-408 [Meetings]', '101', 'no'],
    ['why does alice get CMN-408 [Meetings]?', '101', 'no'],
    [`alice gets ${BODY}`, '101', 'no'],
    ['our app gets CMN-408 [Meetings]', '104', 'yes'],
    [JSON.stringify(JSON.parse(BODY), null, 2), '104', 'yes'],
    [`what does this mean\n${JSON.stringify(JSON.parse(BODY), null, 2)}`, '104', 'yes'],
    [
      'Error: user needs to have [Meetings] permission\n    at Platform.send (Platform.js:523:19)\n    at main (index.js:9:3)',
      '104',
      'yes',
    ],
    ['CMN-408\nMeetings\nuser needs to have [Meetings] permission', '104', 'yes'],
    ['2026-11-23 ERROR user needs to have [Meetings] permission', '104', 'yes'],
  ])('%s: about %s', async (text, person, verdict) => {
    const { reply, facts } = await say('104', text);
    expect(reply.saying.kind).toBe('error-explained');
    expect([facts.people, reply.verdict]).toEqual([[person], verdict]);
  });

  it('asks whom two people of one name mean, and keeps no paste for the answer', async () => {
    const turn = await say('104', `chris gets ${BODY} token eyJhbGciOiJIUzI1NiJ9.abc.def`);
    const { saying } = turn.reply;
    if (saying.kind !== 'ask-back') throw new Error(`said ${saying.kind}`);
    expect(saying.choices.map((choice) => choice.value)).toEqual(['109', '110']);
    const [button] = saying.buttons;
    if (button === undefined) throw new Error('no button');
    expect((await house.deps.store.pending.load(button.id))?.body).not.toContain('eyJ');
    const conversation = createConversation(house.deps);
    const chosen = await conversation.press({ actor: house.link('104'), button, thread: 'T' });
    expect(chosen.facts.people).toEqual(['109']);
  });

  it('is found in every carrier, whatever its message would mean otherwise', async () => {
    for (const code of ['CMN-401', 'CMN-408', 'CMN-419', 'CMN-404', 'CMN-211', 'CMN-101', 'OAU-105', 'OAU-213']) {
      const row = findErrorCode(code);
      if (row === null) throw new Error(`no ${code}`);
      for (const [carrier, carry] of Object.entries(CARRIERS)) {
        const { saying } = (await say('102', carry(carried(row)))).reply;
        const found = saying.kind === 'error-explained' ? saying.explanation.findings[0]?.error?.code : saying.kind;
        expect(found, `${code} as ${carrier}`).toBe(code);
      }
    }
  });

  it('is read in any length, where an order would be refused as too long', async () => {
    const log = `${'2026-11-23 INFO nothing to see\n'.repeat(2_000)}${BODY}`;
    expect((await say('101', log)).reply).toMatchObject({ verdict: 'no', saying: { kind: 'error-explained' } });
    expect((await say('101', `give bob Manager ${'please '.repeat(2_000)}`)).reply.saying).toMatchObject({
      kind: 'refused',
      reason: { kind: 'too-long' },
    });
  });

  it('is read out of a file that came with the words', async () => {
    const conversation = createConversation(house.deps);
    const attachment = { name: 'app.log', text: `2026-11-23 INFO start\n2026-11-23 ERROR ${BODY}\n` };
    const turn = await conversation.say({
      actor: house.link('101'),
      text: 'what is wrong here',
      thread: 'T',
      attachment,
    });
    expect(turn.reply).toMatchObject({ verdict: 'no', saying: { kind: 'error-explained' } });
  });

  it('takes nothing away from other words', async () => {
    expect((await say('104', 'does alice have Meetings?')).reply.saying.kind).toBe('permission-check');
    expect((await say('104', 'colorless green ideas sleep furiously')).reply.saying.kind).toBe('not-understood');
    expect((await say('104', 'give bob Manager')).reply.saying.kind).toBe('change-preview');
  });

  it('is not remembered with what was pasted', async () => {
    await say('101', `${BODY} Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.abc.def jose@example.com`);
    const kept = await house.store.threads.load('T', idOf('101'));
    expect(kept).toContain('CMN-408');
    expect(kept).not.toMatch(/eyJ|jose/);
  });
});
