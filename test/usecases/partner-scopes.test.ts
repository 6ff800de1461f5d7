import { describe, expect, it } from 'vitest';
import { dispatch } from '#src/conversation/dispatch.ts';
import type { Intent, Slots } from '#src/domain/understanding.ts';
import { House, understood } from '#test/support/house.ts';
import { as, ask } from '#test/support/questions.ts';

const QUESTIONS: readonly [Intent, Partial<Slots>][] = [
  ['check-scope', { partners: ['Acme Voice'], scopes: ['sms.create'] }],
  ['list-scopes', { partners: ['Acme Voice'] }],
  ['who-has-scope', { scopes: ['sms.create'] }],
];

describe('partner scopes', () => {
  it.each(QUESTIONS)('%s is told to those whom policy names, and noted', async (intent, slots) => {
    for (const asker of ['101', '104']) {
      const house = new House();
      const answer = await ask(house, asker, intent, slots);
      expect(answer).toMatchObject({ outcome: 'answered', proof: { kind: 'policy', rule: 'carrierx-administrators' } });
      expect(house.store.looks).toMatchObject([{ actor: asker, action: `read.${intent}` }]);
    }
  });

  it.each(QUESTIONS)(
    '%s is refused to everybody else before anything is read, Super Admin or not',
    async (intent, slots) => {
      for (const asker of ['103', '105', '107']) {
        const house = new House();
        const answer = await ask(house, asker, intent, slots);
        expect(as(answer, 'refused').reason).toEqual({ kind: 'not-carrierx-administrator' });
        expect(house.partners.reads).toBe(0);
        expect(house.store.entries).toMatchObject([{ action: `refused.${intent}` }]);
        expect(house.store.looks).toEqual([]);
      }
    },
  );

  it.each(QUESTIONS)('%s says when CarrierX is not connected', async (intent, slots) => {
    const house = new House();
    const session = await house.session('104');
    const { carrierx: _, ...deps } = session.deps;
    const answer = await dispatch({ ...session, deps }, understood(intent, slots));
    expect(as(answer, 'refused').reason).toEqual({ kind: 'no-carrierx' });
  });

  it.each<[partner: string, scope: string, verdict: string, through: string | null]>([
    ['Acme Voice', 'sms.create', 'yes', 'sms.manage'],
    ['Acme Voice', 'sms.read_descendant', 'no', null],
    ['Acme Messaging', 'sms.create', 'yes', 'sms.create'],
    ['Acme Messaging', 'sms.update', 'no', null],
    ['Bluebird Telecom', 'phonenumber.read', 'yes', 'phonenumber.manage'],
    ['Bluebird Telecom', 'phonenumber.emergency.manage', 'no', null],
    ['Cedar Networks', 'sms.read', 'cannot-tell', null],
    ['dunes mobile', 'calls.delete', 'yes', 'calls.manage'],
  ])('%s has %s: %s', async (partner, scope, verdict, through) => {
    const answer = await ask(new House(), '104', 'check-scope', { partners: [partner], scopes: [scope] });
    expect(answer.verdict).toBe(verdict);
    expect(as(answer, 'scope-check').answers[0]?.grant?.through ?? null).toBe(through);
  });

  it('come from the list where reading one partner shows none', async () => {
    const house = new House();
    house.partners.listOnly = true;
    const answer = await ask(house, '104', 'check-scope', { partners: ['Acme Voice'], scopes: ['calls.read'] });
    expect(answer.verdict).toBe('yes');
  });

  it('of two partners with one name are both told', async () => {
    const house = new House();
    house.partners.edit('Acme Messaging', { name: 'Acme Voice' });
    const answer = await ask(house, '104', 'check-scope', { partners: ['Acme Voice'], scopes: ['shortener.read'] });
    expect(as(answer, 'scope-check').answers.map(({ verdict }) => verdict)).toEqual(['no', 'yes']);
    expect(answer.verdict).toBeNull();
  });

  it('of a partner that CarrierX no longer shows are a failure that says so', async () => {
    const question = ask(new House(), '104', 'list-scopes', { partners: ['Gone Ltd'] });
    await expect(question).rejects.toMatchObject({ code: 'partners-not-found' });
  });

  it.each<[negated: boolean, partners: readonly string[]]>([
    [false, ['Acme Voice', 'Acme Messaging']],
    [true, ['Bluebird Telecom', 'Dunes Mobile']],
  ])('who has one, negated %j: %j; a partner without any shown scope counts neither way', async (negated, partners) => {
    const answer = await ask(new House(), '104', 'who-has-scope', { scopes: ['sms.create'], negated });
    const { rows, unshown } = as(answer, 'who-has-scope');
    expect(rows.map(({ partner }) => partner.name)).toEqual(partners);
    expect(unshown).toEqual(['Cedar Networks']);
  });

  it('that the published table does not know are told as they are', async () => {
    const { partners } = as(
      await ask(new House(), '104', 'list-scopes', { partners: ['Bluebird Telecom'] }),
      'scopes-of',
    );
    expect(partners[0]?.partner.scopes).toContain('admin.read');
  });
});

describe('what a partner scope means', () => {
  it('is documentation: told to everybody, from the catalogue alone', async () => {
    const house = new House();
    const { scopes } = as(
      await ask(house, '107', 'describe-scope', { scopes: ['invoices.manage'] }),
      'scope-description',
    );
    expect(scopes).toMatchObject([
      { id: 130, covers: ['invoices.create', 'invoices.read', 'invoices.update', 'invoices.delete'], coveredBy: null },
    ]);
    expect(scopes[0]?.leavesOut).toContain('invoices.refunds');
    expect(house.partners.reads).toBe(0);
  });

  it('by the number 74 lists all five in the order of the table', async () => {
    const scopes = [
      'phonenumber.line_information.read',
      'phonenumber.emergency.read',
      'phonenumber.delete',
      'phonenumber.line_information.manage',
      'phonenumber.emergency.manage',
    ];
    const told = as(await ask(new House(), '101', 'describe-scope', { scopes }), 'scope-description');
    expect(told.scopes.map(({ name }) => name)).toEqual([
      'phonenumber.delete',
      'phonenumber.emergency.manage',
      'phonenumber.emergency.read',
      'phonenumber.line_information.manage',
      'phonenumber.line_information.read',
    ]);
    expect(told.scopes[0]?.coveredBy).toBe('phonenumber.manage');
  });

  it('asks back for one that the table does not have', async () => {
    expect(as(await ask(new House(), '101', 'describe-scope', { scopes: ['admin.read'] }), 'ask-back').about).toBe(
      'scope',
    );
  });
});
