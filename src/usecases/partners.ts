import { partnerScopes } from '../catalogue/catalogue.ts';
import type { AnswerProof } from '../domain/authority.ts';
import { Fault } from '../domain/faults.ts';
import type { Partner } from '../domain/partners.ts';
import { type Gate, open, shut } from './gate.ts';
import type { PartnerDirectory } from './ports.ts';
import type { Session } from './session.ts';

/** What an answer about partners rests on: RingCentral has no right for it, so policy names who may ask. */
export const NAMED_IN_POLICY: AnswerProof = { kind: 'policy', rule: 'carrierx-administrators' };

/** Tells whether policy names the asker as one of those to whom partner scopes are told. */
export function isCarrierxAdministrator({ deps, asker }: Session): boolean {
  return deps.carrierx?.administrators.includes(asker.person.number) ?? false;
}

/** The partner directory, for those who may ask; before anything is read. */
export function reachPartners(session: Session): Gate<PartnerDirectory> {
  const { carrierx } = session.deps;
  if (carrierx === undefined) return shut({ kind: 'no-carrierx' });
  return isCarrierxAdministrator(session) ? open(carrierx.partners) : shut({ kind: 'not-carrierx-administrator' });
}

/** Names of the published scope table. */
export function knownScopes(): ReadonlySet<string> {
  return new Set(partnerScopes().map((scope) => scope.name));
}

/** Partners of one question, and the whole listing that they were found in. */
type Found = { readonly partners: readonly Partner[]; readonly all: readonly Partner[] };

/**
 * Finds partners by name, with their scopes, read now. Several partners may bear one name: then all of them are meant,
 * told apart by their ids.
 *
 * @throws {Fault} `partners-not-found` when CarrierX shows none of that name
 */
export async function readPartners(directory: PartnerDirectory, names: readonly string[]): Promise<Found> {
  const all = await directory.listPartners();
  const partners: Partner[] = [];
  for (const name of new Set(names)) {
    const named = all.filter((partner) => fold(partner.name) === fold(name));
    if (named.length === 0) throw new Fault('partners-not-found', 'CarrierX lists no partner of that name');
    for (const partner of named) partners.push(await withScopes(directory, partner));
  }
  return { partners, all };
}

/** Reading one partner is what CarrierX documents; its own samples show scopes in the listing alone. */
async function withScopes(directory: PartnerDirectory, listed: Partner): Promise<Partner> {
  const read = await directory.readPartner(listed.sid);
  return hasScopes(read) || !hasScopes(listed) ? read : { ...read, scopes: listed.scopes };
}

/** Tells whether CarrierX showed any scope: none may also mean that it does not show them to this token. */
export function hasScopes({ scopes }: Partner): boolean {
  return scopes !== null && scopes.length > 0;
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
