import { coveredBy, type Partner } from '../../domain/partners.ts';
import type { Saying, ScopeAnswer, ScopeFacts } from '../../domain/reply.ts';
import { count, join, plain } from '../words.ts';
import { type Body, list, maybe, table, text } from './body.ts';
import { verdictWord } from './permissions.ts';

const EMPTY = 'CarrierX returned no scopes: there may be none, or CarrierX does not show them to the token in use.';

/** Words for "does this partner have this scope". */
export function scopeCheck({ answers }: Extract<Saying, { kind: 'scope-check' }>): Body {
  const [only] = answers;
  if (only === undefined) return { headline: 'There was nothing to check.', parts: [] };
  if (answers.length === 1) return oneScope(only);
  const yes = answers.filter(({ verdict }) => verdict === 'yes').length;
  const unknown = answers.filter(({ verdict }) => verdict === 'cannot-tell').length;
  const tally = [
    `${yes} yes`,
    `${answers.length - yes - unknown} no`,
    ...(unknown > 0 ? [`${unknown} cannot tell`] : []),
  ];
  return {
    headline: `${count(answers.length, 'answer')}: ${join(tally)}.`,
    parts: [
      ...table('Which partner has which scope', ['Partner', 'Scope', 'Answer', 'Through'], answers.map(scopeRow)),
      ...maybe(unknown > 0 && EMPTY),
    ],
  };
}

function scopeRow({ partner, scope, verdict, grant }: ScopeAnswer): string[] {
  const through = grant === null ? '' : grant.through === scope ? 'granted directly' : grant.through;
  return [partnerName(partner), scope, verdictWord(verdict), plain(through)];
}

function oneScope({ partner, scope, verdict, grant }: ScopeAnswer): Body {
  const who = partnerName(partner);
  if (verdict === 'cannot-tell') return { headline: `Cannot tell whether ${who} has ${scope}.`, parts: [text(EMPTY)] };
  if (grant === null) return { headline: `No. ${who} does not have ${scope}.`, parts: maybe(managing(partner, scope)) };
  const how =
    grant.through === scope ? 'It was granted directly.' : `It comes with ${plain(grant.through)}, which covers it.`;
  return { headline: `Yes. ${who} has ${scope}.`, parts: [text(how)] };
}

/** What a partner holds of the same family says how far away the "no" is. */
function managing({ scopes }: Partner, scope: string): string | null {
  const family = scope.slice(0, scope.lastIndexOf('.') + 1);
  const kin = (scopes ?? []).filter((name) => name.startsWith(family));
  return kin.length === 0 ? null : `Of the same family it has ${join(kin.map((name) => plain(name)))}.`;
}

/** Words for "which scopes does this partner have". */
export function scopesOf({ partners, known }: Extract<Saying, { kind: 'scopes-of' }>): Body {
  const [only] = partners;
  if (only === undefined) return { headline: 'There was no partner to look at.', parts: [] };
  if (partners.length > 1) return severalPartners(partners.map(({ partner }) => partner));
  const { partner, parent } = only;
  const scopes = partner.scopes ?? [];
  const who = partnerName(partner);
  return {
    headline:
      scopes.length === 0 ? `Cannot tell which scopes ${who} has.` : `${who} has ${count(scopes.length, 'scope')}.`,
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: 'Status', value: plain(partner.status) },
          ...(parent === null ? [] : [{ label: 'Belongs to', value: plain(parent) }]),
        ],
      },
      ...(scopes.length === 0 ? [text(EMPTY)] : grantedTable(who, scopes, new Set(known))),
    ],
  };
}

function grantedTable(who: string, scopes: readonly string[], known: ReadonlySet<string>) {
  return table(
    `Scopes of ${who} as they were granted`,
    ['Scope', 'Covers besides itself'],
    scopes.map((scope) => {
      const note = known.has(scope) ? '' : "not in CarrierX's published table";
      return [plain(scope), note || join(coveredBy(scope, known)) || 'nothing else'];
    }),
  );
}

function severalPartners(partners: readonly Partner[]): Body {
  return {
    headline: `Scopes of ${count(partners.length, 'partner')}.`,
    parts: [
      ...table(
        'Scopes of each partner as they were granted',
        ['Partner', 'Status', 'Scopes'],
        partners.map((partner) => [
          partnerName(partner),
          plain(partner.status),
          (partner.scopes ?? []).map((scope) => plain(scope)).join(', ') || 'none shown',
        ]),
      ),
      ...maybe(partners.some(({ scopes }) => (scopes ?? []).length === 0) && EMPTY),
    ],
  };
}

/** Words for "which partners have this scope". */
export function whoHasScope(saying: Extract<Saying, { kind: 'who-has-scope' }>): Body {
  const { scope, negated, rows, unshown } = saying;
  const has = rows.length === 1 ? (negated ? 'does not have' : 'has') : negated ? 'do not have' : 'have';
  return {
    headline:
      rows.length === 0
        ? `No partner ${negated ? 'is' : 'was seen'} ${negated ? 'without' : 'with'} ${scope}.`
        : `${count(rows.length, 'partner')} ${has} ${scope}.`,
    parts: [
      ...table(
        `Partners ${negated ? 'without' : 'with'} ${scope}`,
        ['Partner', 'Status', ...(negated ? [] : ['Through'])],
        rows.map(({ partner, through }) => [
          partnerName(partner),
          plain(partner.status),
          ...(negated ? [] : [through === scope ? 'granted directly' : plain(through ?? '')]),
        ]),
      ),
      ...maybe(unshown.length > 0 && `Of ${join(unshown.map((name) => plain(name)))} nothing can be told. ${EMPTY}`),
    ],
  };
}

/** Words for "what does this scope cover". */
export function scopeDescription({ scopes }: Extract<Saying, { kind: 'scope-description' }>): Body {
  const [only] = scopes;
  if (only === undefined) return { headline: 'There was no scope to describe.', parts: [] };
  const source = text(
    'From the scope table that CarrierX publishes. What a ".manage" scope covers follows from its description there.',
  );
  if (scopes.length === 1) {
    return {
      headline: `${only.name} is partner scope ${only.id}, in the category ${plain(only.category)}.`,
      parts: [
        text(plain(only.description, 300)),
        ...list('It covers:', only.covers),
        ...maybe(only.leavesOut.length > 0 && `It does not cover ${join(only.leavesOut, 'or')}.`),
        ...maybe(only.coveredBy !== null && `A partner with ${only.coveredBy} has it too.`),
        source,
      ],
    };
  }
  return {
    headline: severalHeadline(scopes),
    parts: [
      ...table(
        'Partner scopes',
        ['Scope', 'Number', 'Category', 'What it allows'],
        scopes.map(({ name, id, category, description }) => [
          name,
          String(id),
          plain(category),
          plain(description, 200),
        ]),
      ),
      ...maybe(sameNumber(scopes) && 'The number alone does not tell which of them is meant: go by the name.'),
      source,
    ],
  };
}

function severalHeadline(scopes: readonly ScopeFacts[]): string {
  const number = scopes[0]?.id ?? 0;
  return sameNumber(scopes)
    ? `${scopes.length} partner scopes have the number ${number}.`
    : `${scopes.length} partner scopes.`;
}

function sameNumber(scopes: readonly ScopeFacts[]): boolean {
  return new Set(scopes.map(({ id }) => id)).size === 1;
}

/** A partner as said in a sentence; one without a name by its id. */
function partnerName({ name, sid }: Partner): string {
  return plain(name) || `partner ${plain(sid, 40)}`;
}
