import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CarrierxSwitches } from './switches.ts';

type AccountPartner = { name: string; parent: string | null; status: string; available_scopes: string[] };

/** The part of CarrierX's Partner object that is about who it is and what it may do. */
export type Partner = {
  partner_sid: string;
  parent_sid: string;
  company_name: string;
  status: string;
  available_scopes: string[];
};

/** UUID-shaped and the same at every start, as secure ids are. */
function sidFor(name: string): string {
  const hex = createHash('sha256').update(`partner:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** The partner whose token the caller holds; everybody without a parent belongs to it. */
const OPERATOR = sidFor('operator');

/** Partners of the account file. */
export function loadPartners(accountFile: URL): Partner[] {
  const account = JSON.parse(readFileSync(accountFile, 'utf8')) as { partners: AccountPartner[] };
  return account.partners.map((partner) => ({
    partner_sid: sidFor(partner.name),
    parent_sid: partner.parent ? sidFor(partner.parent) : OPERATOR,
    company_name: partner.name,
    status: partner.status,
    available_scopes: [...partner.available_scopes],
  }));
}

/** One partner as `GET /partners/{sid}` shows it. */
export function renderPartner(partner: Partner, { scopesShown, scopesForm }: CarrierxSwitches): unknown {
  const scopes = scopesShown === 'everywhere' ? partner.available_scopes : [];
  return { ...partner, available_scopes: scopesForm === 'text' && scopes.length === 1 ? scopes[0] : scopes };
}

/** One page of `GET /partners`: ten rows unless asked otherwise, at most a thousand. */
export function listPage(partners: readonly Partner[], url: URL, switches: CarrierxSwitches): unknown {
  const listed = partners.filter((partner) => isListed(partner, switches));
  const limit = whole(url.searchParams.get('limit'), 10, 1000);
  const offset = whole(url.searchParams.get('offset'), 0, Number.MAX_SAFE_INTEGER);
  const items = listed.slice(offset, offset + limit);
  const hasMore = offset + items.length < listed.length;
  const next = new URL(url);
  next.searchParams.set('offset', String(offset + limit));
  return {
    count: items.length,
    has_more: hasMore,
    items: items.map((partner) =>
      switches.scopesShown === 'nowhere' ? { ...partner, available_scopes: [] } : partner,
    ),
    limit,
    offset,
    pagination: hasMore ? { next: next.href } : {},
    total: switches.total === 'null' ? null : listed.length,
  };
}

/** Whether a partner is shown at all; one that is not cannot be read by its id either. */
export function isListed({ status, parent_sid: parent }: Partner, { unverified, levels }: CarrierxSwitches): boolean {
  return !(unverified === 'hidden' && status === 'unverified') && !(levels === 'children' && parent !== OPERATOR);
}

/** A whole number of the query within bounds; anything else falls back. */
function whole(text: string | null, fallback: number, maximum: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value >= 0 ? Math.min(value, maximum) : fallback;
}
