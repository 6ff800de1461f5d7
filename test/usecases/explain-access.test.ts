import { describe, expect, it } from 'vitest';
import { renderText } from '#src/cards/index.ts';
import { dispatch } from '#src/conversation/dispatch.ts';
import type { Layer } from '#src/domain/access.ts';
import { Fault } from '#src/domain/faults.ts';
import { permissionId } from '#src/domain/ids.ts';
import { nearPermissions } from '#src/domain/near-permissions.ts';
import type { Saying } from '#src/domain/reply.ts';
import type { Answer } from '#src/usecases/session.ts';
import { House, understood } from '#test/support/house.ts';

async function why(
  house: House,
  asker: string,
  person: string,
  permission: string,
  text = "why can't they",
): Promise<Answer> {
  const asked = understood('explain-access', { text, people: [person], permissions: [permission] });
  return dispatch(await house.session(asker), asked);
}

function first(answer: Answer): Extract<Saying, { kind: 'access-explained' }>['explained'][number] {
  const { saying } = answer;
  const [only] = saying.kind === 'access-explained' ? saying.explained : [];
  if (only === undefined) throw new Error(`said ${JSON.stringify(saying)}`);
  return only;
}

const layer = <Name extends Layer['layer']>(answer: Answer, name: Name) =>
  first(answer).layers.find((each): each is Extract<Layer, { layer: Name }> => each.layer === name);
const words = (answer: Answer) => renderText({ ...answer, readings: [], reference: '' });

describe('whose problem it is that somebody cannot', () => {
  it.each<[person: string, permission: string, text: string, whose: string]>([
    ['101', 'Meetings', "why can't alice use Meetings", 'user'],
    ['102', 'Meetings', 'why can bob use Meetings', 'works-now'],
    ['102', 'ReadCallLog', "why can't bob see call logs", 'user'],
    ['102', 'ReadCallLog', 'why can bob see call logs', 'works-now'],
    ['123', 'Meetings', "why can't otto use Meetings", 'plan'],
    ['122', 'ReadCallLog', "why can't priya see call logs", 'plan'],
    ['127', 'Meetings', "why can't the lobby phone use Meetings", 'plan'],
  ])('%s and %s, %s: %s', async (person, permission, text, whose) => {
    const house = new House();
    house.account.scopes.push('ReadCallLog', 'Meetings');
    expect(first(await why(house, '104', person, permission, text)).whose).toBe(whose);
  });

  it('is the app where the person has it and the app lacks its part of every call', async () => {
    expect(first(await why(new House(), '104', '106', 'ReadCompanyCallLog'))).toMatchObject({ whose: 'app' });
    const house = new House();
    house.account.scopes.push('ReadCallRecording');
    expect(layer(await why(house, '104', '106', 'ReadCompanyCallLog'), 'app')).toMatchObject({
      state: 'open',
      missing: [],
    });
  });

  it('is the plan where the person has it and the feature is not there', async () => {
    const house = new House();
    house.account.scopes.push('ReadCallLog');
    house.account.featuresOff.set('ReadAccountCallLog', 'AccountLimitation');
    const answer = await why(house, '104', '104', 'ReadCompanyCallLog');
    expect([first(answer).whose, layer(answer, 'feature')?.code]).toEqual(['plan', 'AccountLimitation']);
    expect(words(answer)).toContain('No role cures that.');
  });
});

describe('a layer that cannot be seen says why', () => {
  it.each<[asker: string, person: string, permission: string, why: string]>([
    ['104', '106', 'ReadCompanyCallLog', 'others'],
    ['104', '101', 'ReadCompanyCallLog', 'not-decisive'],
    ['104', '102', 'Meetings', 'none-known'],
    ['106', '106', 'ReadCompanyCallLog', 'no-token'],
  ])('%s asks about %s and %s: %s', async (asker, person, permission, reason) => {
    const house = new House();
    expect(layer(await why(house, asker, person, permission), 'feature')).toMatchObject({
      state: 'unseen',
      why: reason,
    });
    expect(house.account.calls.filter((call) => call.operation === 'readFeatures')).toEqual([]);
  });

  it('also when RingCentral does not answer', async () => {
    const house = new House();
    house.account.trouble({ operation: 'readFeatures', fault: new Fault('directory-unavailable', 'down') });
    expect(layer(await why(house, '104', '104', 'ReadCompanyCallLog'), 'feature')).toMatchObject({
      state: 'unseen',
      why: 'not-answered',
    });
  });

  it('which is told in words', async () => {
    expect(words(await why(new House(), '104', '101', 'QoSReports'))).toContain(
      'App: not seen, no documented call asks for this permission.',
    );
  });
});

describe('care about who asks', () => {
  it('tells nothing of somebody whom the asker may not see', async () => {
    const answer = await why(new House(), '101', '102', 'Meetings');
    expect(answer.saying).toMatchObject({ kind: 'refused', reason: { kind: 'no-right' } });
  });

  it('names custom roles and offers to give them only to those who may', async () => {
    const own = await why(new House(), '101', '101', 'Meetings');
    expect(words(own)).not.toMatch(/Support|Night Desk/);
    expect(own.saying).toMatchObject({ offers: [{ kind: 'check-again' }] });
    const dave = await why(new House(), '104', '101', 'Meetings');
    expect(dave.saying).toMatchObject({
      offers: [{ kind: 'give', role: { displayName: 'Support' } }, {}, {}, { kind: 'check-again' }],
    });
  });
});

describe('near misses', () => {
  const ids = (...names: string[]) => names.map(permissionId);

  it.each<[string, string[], string[]]>([
    ['ReadCompanyCallLog', ['ReadCallLog', 'EditCallLog', 'Meetings'], ['EditCallLog', 'ReadCallLog']],
    [
      'ReadCompanyCallRecordings',
      ['ReadCallRecordings', 'CallRecording', 'ReadCallLog'],
      ['CallRecording', 'ReadCallRecordings'],
    ],
    ['EditAssignedRoles', ['ReadAssignedRoles', 'ReadUserRoles'], ['ReadAssignedRoles', 'ReadUserRoles']],
    ['Meetings', ['Glip', 'ReadMessages'], []],
    ['Users', ['ReadUserInfo'], []],
  ])('of %s among %s are %s', (wanted, held, near) => {
    expect(nearPermissions(permissionId(wanted), ids(...held))).toEqual(near);
  });

  it('are told to somebody who lacks the permission itself', async () => {
    expect(words(await why(new House(), '104', '102', 'ReadCompanyCallLog'))).toMatch(
      /Close, and not enough: they have .*ReadCallLog/,
    );
  });
});
