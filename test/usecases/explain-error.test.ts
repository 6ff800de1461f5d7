import { describe, expect, it } from 'vitest';
import { renderText } from '#src/cards/index.ts';
import { dispatch } from '#src/conversation/dispatch.ts';
import { Fault } from '#src/domain/faults.ts';
import type { Reply, Saying } from '#src/domain/reply.ts';
import type { Understanding } from '#src/domain/understanding.ts';
import type { Answer } from '#src/usecases/session.ts';
import { takeOffer } from '#src/usecases/take-offer.ts';
import { House, understood } from '#test/support/house.ts';

async function paste(house: House, asker: string, text: string, more: Partial<Understanding> = {}): Promise<Answer> {
  return dispatch(await house.session(asker), understood('explain-error', { text, ...more }));
}

function explained(answer: Answer): Extract<Saying, { kind: 'error-explained' }> {
  if (answer.saying.kind !== 'error-explained') throw new Error(`said ${JSON.stringify(answer.saying)}`);
  return answer.saying;
}

const first = (answer: Answer) => explained(answer).explanation.findings[0];
const words = (answer: Answer) => renderText({ ...answer, readings: [], reference: '' } satisfies Reply);

describe('whose problem an error is, for the person who asks', () => {
  it.each<[asker: string, text: string, whose: string, verdict: string | null]>([
    ['101', 'CMN-408 [Meetings]', 'user', 'no'],
    ['102', 'CMN-408 [Meetings]', 'works-now', 'yes'],
    ['102', 'CMN-408 [ReadCallLog]', 'works-now', 'self-only'],
    ['102', 'CMN-419 [ReadAssignedRoles]', 'user', 'self-only'],
    ['101', 'CMN-419 [ReadCallLog]', 'user', 'no'],
    ['104', 'CMN-419 [ReadAssignedRoles]', 'works-now', 'yes'],
    ['102', 'CMN-408 [NoSuchThing]', 'user', null],
    ['102', 'CMN-401 [ReadCallLog]', 'app', 'no'],
    ['102', 'CMN-401 [RoleManagement]', 'app', 'yes'],
    ['102', 'CMN-404', 'wrong-extension', null],
    ['102', 'CMN-405', 'sign-in', null],
    ['102', 'CMN-109', 'plan', null],
    ['102', 'CMN-211', 'ringcentral', null],
    ['102', 'CMN-301', 'app', null],
    ['102', 'OAU-213', 'sign-in', null],
  ])('%s pastes %s: %s', async (asker, text, whose, verdict) => {
    const answer = await paste(new House(), asker, text);
    expect([first(answer)?.whose, answer.verdict]).toEqual([whose, verdict]);
  });

  it('is looked up for others only with the right to see them', async () => {
    const dave = await paste(new House(), '104', 'CMN-408 [Meetings]', { people: ['101'] });
    expect(first(dave)).toMatchObject({ whose: 'user', live: { answers: [{ person: { number: '101' } }] } });
    const house = new House();
    const bob = await paste(house, '102', 'CMN-408 [Meetings]', { people: ['101'] });
    expect(first(bob)).toMatchObject({ whose: 'user', live: { kind: 'refused', reason: { kind: 'no-right' } } });
    expect([bob.verdict, bob.about.people]).toEqual([null, []]);
    expect(JSON.stringify(await house.store.audit.list({ limit: 10 }))).toContain('refused.explain-error');
  });

  it('puts a look at others on record, without what was pasted', async () => {
    const house = new House();
    await paste(house, '104', 'CMN-408 [Meetings] secret-of-alice@example.com', { people: ['101'] });
    const trail = JSON.stringify([
      await house.store.audit.list({ limit: 100 }),
      await house.store.seen.list({ limit: 100 }),
    ]);
    expect(trail).toContain('read.explain-error');
    expect(trail).not.toContain('secret-of-alice');
  });

  it('is explained from the documents when RingCentral cannot be asked', async () => {
    const house = new House();
    for (const operation of ['readOwnProfile', 'readAssignedRoles'] as const)
      house.account.trouble({ operation, fault: new Fault('directory-unavailable', 'down') });
    const answer = await paste(house, '101', 'CMN-408 [Meetings]');
    expect(first(answer)).toMatchObject({ whose: 'user', live: { kind: 'unreachable' } });
    expect(words(answer)).toContain('RingCentral could not be asked just now');
  });
});

describe('the three steps of CMN-408', () => {
  it('are the check of the person, the name in the portal, and the roles that bring it', async () => {
    const text = words(await paste(new House(), '104', 'CMN-408 [Meetings]', { people: ['101'] }));
    expect(text).toContain('Check: Alice Anderson (101) does not have it');
    expect(text).toContain('Name: the admin portal calls it "Meetings App Access"');
    expect(text).toMatch(/Cure: roles that bring it, fewest others first: Support \(nothing else\)/);
    expect(text).toContain('You may give it: "give 101 Support"');
    expect(text).toMatch(/API: GET \S+\/assigned-role\?showHidden=true, then PUT .*"600004"/);
  });

  it('name no custom role to somebody who may not see them', async () => {
    const text = words(await paste(new House(), '101', 'CMN-408 [Meetings]'));
    expect(text).not.toMatch(/Support|Night Desk|Role Steward/);
    expect(text).toContain('An administrator can give one.');
  });

  it('lead what cannot be put on a role to its parent', async () => {
    const text = words(await paste(new House(), '102', 'CMN-419 [ReadMessages]'));
    expect(text).toContain('ReadMessages cannot be put on a role by itself; it comes with EditMessages.');
  });

  it('offer over others only roles that surely reach others', async () => {
    const answer = await paste(new House(), '104', 'CMN-419 [ReadAssignedRoles]', { people: ['102'] });
    const live = first(answer)?.live;
    const roles = live?.kind === 'people' ? live.answers[0]?.cures.map((cure) => cure.role.displayName) : [];
    expect(roles).toEqual(expect.arrayContaining(['User Admin', 'Super Admin']));
    expect(roles).not.toContain('Manager');
  });
});

describe('what is offered', () => {
  it('is the change, which is previewed and not made, and to check again', async () => {
    const house = new House();
    const answer = await paste(house, '104', 'CMN-408 [Meetings]', { people: ['101'] });
    const { offers } = explained(answer);
    expect(offers.map((offer) => (offer.kind === 'give' ? offer.role.displayName : offer.kind))).toEqual([
      'Support',
      'Support Lead',
      'Standard',
      'check-again',
    ]);
    const [give] = offers;
    if (give === undefined) throw new Error('nothing is offered');
    const session = await house.session('104');
    const step = await takeOffer(session, give.button);
    if (!step.open) throw new Error('the offer is not open');
    expect((await dispatch(session, step.value)).saying).toMatchObject({ kind: 'change-preview' });
    expect(house.account.writes).toEqual([]);
  });

  it('gives to nobody what the asker may not give', async () => {
    const { offers } = explained(await paste(new House(), '101', 'CMN-408 [Meetings]'));
    expect(offers.map((offer) => offer.kind)).toEqual(['check-again']);
  });

  it('never keeps what was pasted', async () => {
    const house = new House();
    const text = 'CMN-408 [Meetings] for jose@example.com, token eyJhbGciOiJIUzI1NiJ9.a.b';
    const answer = await paste(house, '101', text);
    const again = explained(answer).offers.at(-1);
    const kept = again === undefined ? null : await house.deps.store.pending.load(again.button.id);
    expect(kept?.body).toContain('CMN-408 [Meetings]');
    expect(kept?.body).not.toMatch(/jose|eyJ/);
    expect(words(answer)).not.toMatch(/jose|eyJ/);
  });

  it('checks again as often as it is asked, and says that it works once it does', async () => {
    const house = new House();
    const again = explained(await paste(house, '104', 'CMN-408 [Meetings]', { people: ['101'] })).offers.at(-1);
    const press = async () => {
      const session = await house.session('104');
      const step = again === undefined ? null : await takeOffer(session, again.button);
      if (!step?.open) throw new Error('the offer is not open');
      return first(await dispatch(session, step.value))?.whose;
    };
    expect(await press()).toBe('user');
    house.account.assign('101', ['Front Desk', 'Support']);
    expect(await press()).toBe('works-now');
  });

  it('belongs to whoever asked', async () => {
    const house = new House();
    const [offer] = explained(await paste(house, '101', 'CMN-408 [Meetings]')).offers;
    if (offer === undefined) throw new Error('nothing is offered');
    expect(await takeOffer(await house.session('102'), offer.button)).toMatchObject({ reason: { kind: 'not-yours' } });
  });
});
