import { describe, expect, it } from 'vitest';
import { partnerScopes } from '#src/catalogue/catalogue.ts';
import { coveredBy, notCoveredBy, scopeGrant } from '#src/domain/partners.ts';

const KNOWN = new Set(partnerScopes().map((scope) => scope.name));

describe('what a partner scope covers', () => {
  it.each<[scope: string, covers: readonly string[]]>([
    ['sms.manage', ['sms.create', 'sms.read', 'sms.update', 'sms.delete']],
    ['invoices.manage', ['invoices.create', 'invoices.read', 'invoices.update', 'invoices.delete']],
    ['trunk_groups.manage', ['trunk_groups.create', 'trunk_groups.read', 'trunk_groups.update', 'trunk_groups.delete']],
    ['tts.manage', ['tts.create', 'tts.read']],
    ['phonenumber.emergency.manage', ['phonenumber.emergency.read']],
    [
      'partners.billing_method.manage',
      ['create', 'read', 'update', 'delete'].map((act) => `partners.billing_method.${act}`),
    ],
    ['sms.update', []],
    ['sms.read_descendant', []],
    ['oauth.manage_all_tokens', []],
    ['admin.manage', []],
  ])('%s: %j', (scope, covers) => {
    expect(coveredBy(scope, KNOWN)).toEqual(covers);
  });

  it('never reaches into a longer family', () => {
    for (const scope of KNOWN) {
      const family = scope.slice(0, scope.lastIndexOf('.'));
      for (const covered of coveredBy(scope, KNOWN)) expect(covered.slice(0, covered.lastIndexOf('.'))).toBe(family);
    }
  });

  it('names what a wide scope leaves out', () => {
    expect(notCoveredBy('oauth.manage', KNOWN)).toEqual(['oauth.allow_token_scope_update', 'oauth.manage_all_tokens']);
    expect(notCoveredBy('phonenumber.manage', KNOWN)).toContain('phonenumber.emergency.read');
    expect(notCoveredBy('sms.read', KNOWN)).toEqual([]);
  });
});

describe('how a partner has a scope', () => {
  it.each<[wanted: string, granted: readonly string[], through: string | null]>([
    ['sms.create', ['sms.manage'], 'sms.manage'],
    ['sms.create', ['sms.manage', 'sms.create'], 'sms.create'],
    ['sms.read_descendant', ['sms.manage'], null],
    ['sms.manage', ['sms.create', 'sms.read', 'sms.update', 'sms.delete'], null],
    ['trunk_groups.trunks.read', ['trunk_groups.manage'], null],
    ['phonenumber.emergency.read', ['phonenumber.manage'], null],
    ['invoices.refunds', ['invoices.manage'], null],
    ['admin.read', ['admin.read'], 'admin.read'],
    ['admin.read', ['admin.manage'], null],
    ['sms.read', [], null],
  ])('%s from %j: %s', (wanted, granted, through) => {
    expect(scopeGrant(wanted, granted, KNOWN)).toEqual(through === null ? null : { through });
  });
});
