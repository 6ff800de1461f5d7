import { describe, expect, it } from 'vitest';
import { createConversation } from '#src/conversation/index.ts';
import type { Actor } from '#src/domain/actor.ts';
import type { Button, Turn } from '#src/domain/reply.ts';
import { House } from '#test/support/house.ts';

const PARTNERS = ['Acme Voice', 'Acme Messaging', 'Bluebird Telecom', 'Cedar Networks', 'Dunes Mobile'];

function open() {
  const house = new House();
  const conversation = createConversation({ ...house.deps, zone: 'America/Denver', partners: PARTNERS });
  const say = (actor: Actor, text: string) => conversation.say({ actor, text, thread: 'D1' });
  const press = (actor: Actor, button: Button) => conversation.press({ actor, button, thread: 'D1' });
  return { house, say, press };
}

function choices({ reply }: Turn): readonly Button[] {
  if (reply.saying.kind !== 'ask-back') throw new Error(`no question but ${JSON.stringify(reply.saying)}`);
  return reply.saying.buttons;
}

describe('questions in plain words', () => {
  it.each<[asker: string, text: string, kind: string, verdict: string | null]>([
    ['104', 'difference between Manager and User Admin', 'role-comparison', null],
    ['101', 'difference between Manager and User Admin', 'role-comparison', null],
    ['101', 'difference between Manager and Support', 'refused', null],
    ['104', 'what has frank that bob has not', 'people-comparison', null],
    ['101', 'what does EditAssignedRoles mean', 'permission-description', null],
    ['101', 'which checkbox is ReadCompanyCallLog', 'permission-description', null],
    ['104', 'what roles can I give bob', 'assignable-roles', null],
    ['101', 'what roles can I give bob', 'refused', null],
    ['101', 'what is the default role', 'default-role', null],
    ['104', 'does partner Bluebird have phonenumber.read', 'scope-check', 'yes'],
    ['104', 'which scopes does Acme Voice have', 'scopes-of', null],
    ['104', 'which partners have sms.create', 'who-has-scope', null],
    ['107', 'which partners have sms.create', 'refused', null],
    ['107', 'what does invoices.manage cover', 'scope-description', null],
    ['107', 'scope 74', 'scope-description', null],
  ])('%s: %s (%s)', async (asker, text, kind, verdict) => {
    const { house, say } = open();
    const { reply } = await say(house.link(asker), text);
    expect([reply.saying.kind, reply.verdict]).toEqual([kind, verdict]);
  });

  it('tells nobody but CarrierX administrators whether there is a partner of some name', async () => {
    const { house, say } = open();
    const grace = house.link('107');
    const told = [];
    for (const name of ['Acme Voice', 'Acme', 'Acm Voice', 'Nobody Ltd']) {
      const { reply, understanding } = await say(grace, `does partner ${name} have sms.create`);
      told.push([reply.saying, reply.readings, understanding?.partners, understanding?.ask]);
    }
    expect(told[0]?.[0]).toMatchObject({ reason: { kind: 'not-carrierx-administrator' } });
    for (const each of told.slice(0, 3)) expect(each).toEqual(told[0]);
    expect(JSON.stringify(told[3])).not.toContain('Acme');
  });

  it('asks which partner is meant, and goes on with the one that is chosen', async () => {
    const { house, say, press } = open();
    const dave = house.link('104');
    const [first] = choices(await say(dave, 'does partner Acme have sms.manage'));
    const { reply } = await press(dave, first as Button);
    expect(reply.saying.kind).toBe('scope-check');
    expect(reply.verdict).toBe('yes');
  });

  it('asks which scope is meant, and answers about that one alone', async () => {
    const { house, say, press } = open();
    const dave = house.link('104');
    const asked = await say(dave, 'which partners have sms.create and sms.read');
    const [, second] = choices(asked);
    const { reply } = await press(dave, second as Button);
    expect(reply.saying).toMatchObject({ kind: 'who-has-scope', scope: 'sms.read' });
  });
});
