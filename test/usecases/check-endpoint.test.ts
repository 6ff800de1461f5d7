import { describe, expect, it } from 'vitest';
import { renderText } from '#src/cards/index.ts';
import { endpoints } from '#src/catalogue/catalogue.ts';
import { dispatch } from '#src/conversation/dispatch.ts';
import type { Saying } from '#src/domain/reply.ts';
import type { Slots } from '#src/domain/understanding.ts';
import type { Answer } from '#src/usecases/session.ts';
import { House, understood } from '#test/support/house.ts';

async function ask(house: House, asker: string, text: string, slots: Partial<Slots> = {}): Promise<Answer> {
  const endpoint = /\b(?:GET|PUT|POST|DELETE) \/\S+/.exec(text)?.[0] ?? null;
  return dispatch(await house.session(asker), understood('check-endpoint', { text, endpoint, ...slots }));
}

function needs(answer: Answer): Extract<Saying, { kind: 'endpoint-needs' }> {
  if (answer.saying.kind !== 'endpoint-needs') throw new Error(`said ${JSON.stringify(answer.saying)}`);
  return answer.saying;
}

const words = (answer: Answer) => renderText({ ...answer, readings: [], reference: '' });
const LOG = 'GET /restapi/v1.0/account/~/call-log';

describe('what a call needs', () => {
  it.each<[asker: string, call: string, verdict: string]>([
    ['102', LOG, 'no'],
    ['104', LOG, 'yes'],
    ['102', 'GET /restapi/v1.0/account/~/extension/~/call-log', 'yes'],
    ['102', 'GET /restapi/v1.0/account/~/extension/6310101/call-log', 'no'],
    ['102', 'GET /restapi/v1.0/account/~/assigned-role', 'no'],
    ['101', 'GET /restapi/v1.0/dictionary/permission', 'yes'],
    ['104', 'PUT /restapi/v1.0/account/~/extension/~/assigned-role', 'yes'],
    ['101', 'PUT /restapi/v1.0/account/~/extension/~/assigned-role', 'no'],
  ])('%s asks about %s: %s', async (asker, call, verdict) => {
    const house = new House();
    house.account.scopes.push('ReadCallLog');
    expect((await ask(house, asker, `what do I need for ${call}`)).verdict).toBe(verdict);
  });

  it('is no for everybody while the app lacks its part', async () => {
    expect((await ask(new House(), '104', `what do I need for ${LOG}`)).verdict).toBe('no');
    const house = new House();
    house.account.scopes.push('EditCallLog');
    expect(needs(await ask(house, '104', `what do I need for ${LOG}`)).app).toMatchObject({
      printed: false,
      through: 'EditCallLog',
    });
  });

  it('can be told of every documented call, with both gates and a source', async () => {
    for (const row of endpoints()) {
      const call = `${row.method} ${row.path.replace(/\{accountId\}|\{extensionId\}/g, '~').replace(/\{\w+\}/g, '1')}`;
      const text = words(await ask(new House(), '104', `what do I need for ${call}`));
      for (const part of [row.appPermission, row.reportedPermission ?? row.userPermission, 'Source: '])
        if (part !== null) expect(text, call).toContain(part);
    }
  });

  it('tells where older documents and servers say something else', async () => {
    expect(words(await ask(new House(), '104', `what do I need for ${LOG}`))).toMatch(
      /labels the user permission FullCompanyCallLog\. Servers report ReadCompanyCallLog/,
    );
    const recording = words(
      await ask(new House(), '104', 'what do I need for GET /restapi/v1.0/account/~/recording/1'),
    );
    expect(recording).toContain('older call-log guide asks for the app permissions ReadCallLog and ReadCallRecording');
    const meeting = words(
      await ask(new House(), '104', 'what do I need for GET /restapi/v1.0/account/~/extension/~/meeting'),
    );
    expect(meeting).toContain('It is in no current document any more.');
  });

  it('says nothing of somebody whom the asker may not see', async () => {
    const answer = await ask(new House(), '101', `can bob call ${LOG}`, { people: ['102'] });
    expect(needs(answer).look).toMatchObject({ kind: 'refused' });
    expect(answer.about.people).toEqual([]);
  });

  it('of no document is not guessed', async () => {
    expect(
      (await ask(new House(), '104', 'what do I need for POST /restapi/v1.0/account/~/extension/~/sms')).saying.kind,
    ).toBe('endpoint-unknown');
  });
});

describe('a tried call', () => {
  const probes = (house: House) => house.account.calls.filter((call) => call.operation === 'probe');

  it('is made with the own token, and only its end is told', async () => {
    const house = new House();
    house.account.probed = () => ({ status: 403, errorCode: 'CMN-408', missing: 'ReadCompanyCallLog' });
    const answer = await ask(house, '102', `try ${LOG}`);
    expect(probes(house)).toMatchObject([{ as: '102', about: 'readCompanyCallLog' }]);
    expect(answer.verdict).toBe('no');
    expect(words(answer)).toContain('answered 403, CMN-408 [ReadCompanyCallLog].');
    expect(words(answer)).toContain('Bob Brown (102) does not have it');
  });

  it('is made with the token of the app for an administrator without one, and that is on record', async () => {
    const house = new House();
    house.account.tokens.delete('104');
    expect(needs(await ask(house, '104', `try ${LOG}`)).tried).toMatchObject({ kind: 'tried', as: 'app', status: 200 });
    expect(JSON.stringify(await house.store.seen.list({ limit: 9 }))).toContain('check-endpoint');
  });

  it('is not made for somebody else without a token', async () => {
    const house = new House();
    expect(needs(await ask(house, '119', `try ${LOG}`)).tried).toEqual({ kind: 'not-tried', why: 'no-token' });
    expect(probes(house)).toEqual([]);
  });

  it.each([
    ['try DELETE /restapi/v1.0/account/~/user-role/600001'],
    ['try PUT /restapi/v1.0/account/~/extension/~/assigned-role'],
    ['try GET /restapi/v1.0/account/999/call-log'],
    ['try GET /restapi/v1.0/account/~/extension/me/call-log'],
    ['try GET https://evil.example/restapi/v1.0/account/~/call-log'],
    ['try GET /restapi/v1.0/account/~/../../oauth/token'],
    ['try GET /restapi/v1.0/account/%7E/call-log'],
    ['try GET /restapi/v1.0/account/~/call-log?access_token=x'],
    ['try GET /restapi/v1.0/account/~/extension/~/sms'],
    ['what happens if I try GET /restapi/v1.0/account/~/call-log'],
  ])('never: %s', async (text) => {
    const house = new House();
    await ask(house, '104', text);
    expect(probes(house)).toEqual([]);
  });
});

describe('app permissions', () => {
  async function app(
    house: House,
    intent: 'check-app-permission' | 'list-app-permissions' | 'describe-app-permission',
    ...appPermissions: string[]
  ) {
    return dispatch(await house.session('101'), understood(intent, { appPermissions }));
  }

  it.each([
    [['ReadCallLog'], 'ReadCallLog', 'yes'],
    [['ReadCallRecording'], 'ReadCallLog', 'yes'],
    [['Accounts'], 'ReadAccounts', 'yes'],
    [['ReadAccounts'], 'RoleManagement', 'no'],
    [['ReadAccounts'], 'NoSuchThing', 'no'],
  ])('%s: %s is a %s', async (scopes, wanted, verdict) => {
    const house = new House();
    house.account.scopes = [...scopes];
    expect((await app(house, 'check-app-permission', wanted)).verdict).toBe(verdict);
  });

  it('are told with what comes with them', async () => {
    expect(words(await app(new House(), 'describe-app-permission', 'Faxes'))).toMatch(/^Faxes includes ReadMessages\./);
    expect(words(await app(new House(), 'describe-app-permission', 'NoSuchThing'))).toMatch(
      /^No public document names/,
    );
    const house = new House();
    house.account.scopes = ['Faxes', 'ReadAccounts'];
    expect(words(await app(house, 'list-app-permissions'))).toContain('ReadMessages, through Faxes');
  });

  it('that only RingCentral gives come with a text to send', async () => {
    const house = new House();
    house.account.scopes = ['ReadAccounts'];
    expect(words(await app(house, 'check-app-permission', 'RoleManagement'))).toContain(
      'Ready text for developer support',
    );
    expect(words(await app(house, 'check-app-permission', 'SMS'))).toContain('It is not on request');
  });
});
