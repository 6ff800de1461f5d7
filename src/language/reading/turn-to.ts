import { INTENT_EFFECTS, type Intent, type Understanding } from '../../domain/understanding.ts';
import { slotSymbol } from '../grammar/symbols.ts';
import type { Lattice } from './lattice.ts';
import { createPhraseList } from './phrase-list.ts';

/** What a thread can turn to without naming anything again. */
type Turn = 'why' | 'who' | 'who-not' | 'since' | 'until' | 'ask' | 'try';

const split = (list: string): readonly string[] => list.split(',').map((phrase) => phrase.trim());
const TURNS = createPhraseList<Turn>([
  ['why', split('why, why not, why so, why is that, why though, why cant he, why cant she, why cant they, how come')],
  [
    'who',
    split(
      'who else, who else has it, who else has that, who has it, who has that, who has this, who all, who all has it, who can, who does, who else can, who all can, who holds it, who else does',
    ),
  ],
  [
    'who-not',
    split(
      'who does not, who doesnt, who does not have it, who doesnt have it, who hasnt, who cannot, who cant, who lacks it',
    ),
  ],
  [
    'since',
    split(
      'since when, since when exactly, for how long already, who gave it, who gave that, who gave it to him, who gave it to her, who gave it to them, who did that, who granted it, who granted that, who assigned it, when, when was that, when did he get it, when did she get it',
    ),
  ],
  [
    'until',
    split(
      'until when, till when, for how long, how long, how much longer, when does it end, when does that end, when does it expire',
    ),
  ],
  [
    'ask',
    split(
      'ask for it, request it, i want it, can i have it, can i get it, get it for me, ask for that, request that, how do i get it, i need it',
    ),
  ],
  [
    'try',
    split(
      'dry run, as a dry run, preview, just a preview, simulate it, simulate, preview it, preview that, as a preview, what would happen, what would happen then, just simulate it, dry run only, only a dry run',
    ),
  ],
]);
const TRAILING = new Set([
  '?',
  '.',
  '!',
  ',',
  'please',
  'pls',
  'then',
  'and',
  'again',
  'exactly',
  'though',
  'ok',
  'so',
  'first',
  'but',
]);

/** Reads "why not", "who else?", "since when", "as a dry run" as turning to another side of what the thread is about. */
export function turnTo(previous: Understanding, lattice: Lattice): Understanding | null {
  const turn = turnOf(lattice);
  if (turn === null || previous.outcome !== 'understood' || previous.also.length > 0) return null;
  const text = lattice.tokens.map((token) => token.text).join(' ');
  const next = turned(turn, previous);
  return next === null ? null : { ...next, text, readings: [], suggestions: [], ask: null };
}

function turnOf(lattice: Lattice): Turn | null {
  const { tokens } = lattice;
  let from = 0;
  while (from < tokens.length && TRAILING.has(tokens[from]?.key ?? '')) from += 1;
  const found = TURNS.longestAt(tokens, from);
  if (found === null) return null;
  for (let at = found.to; at < tokens.length; at += 1) if (!TRAILING.has(tokens[at]?.key ?? '')) return null;
  return found.kind;
}

function turned(turn: Turn, act: Understanding): Understanding | null {
  const isRole = act.roles.length > 0;
  const isNamed = isRole || act.permissions.length > 0;
  switch (turn) {
    case 'why':
      return act.intent === 'check-permission' ? as(act, 'explain-access') : null;
    case 'who':
      return isNamed ? holders(act, isRole, false) : null;
    case 'who-not':
      return isNamed ? holders(act, isRole, true) : null;
    case 'since':
      return act.people.length > 0 && isRole ? bare(as(act, 'history')) : null;
    case 'until':
      return act.people.length > 0 && isRole ? bare(as(act, 'list-grants')) : null;
    case 'ask':
      return isNamed && act.effect === 'read' && act.people.length === 1 ? wish(act, isRole) : null;
    case 'try':
      return act.effect === 'write' ? { ...act, dryRun: true } : null;
  }
}

function as(act: Understanding, intent: Intent): Understanding {
  return { ...act, intent, effect: INTENT_EFFECTS[intent], dryRun: false };
}

/** A question has neither the time nor the reason of the order before it. */
function bare(act: Understanding): Understanding {
  return { ...act, time: { for: null, until: null, from: null }, reason: null, ticket: null };
}

function holders(act: Understanding, isRole: boolean, negated: boolean): Understanding {
  const group = act.intent?.startsWith('who-has') ? act.group : null;
  return { ...bare(as(act, isRole ? 'who-has-role' : 'who-has-permission')), people: [], group, negated };
}

function wish(act: Understanding, isRole: boolean): Understanding {
  return as({ ...act, negated: false }, isRole ? 'assign-role' : 'give-permission');
}

const REASON = slotSymbol('REASON');
const TICKET = slotSymbol('TICKET');
const IDLE = new Set([
  ',',
  '.',
  '!',
  '-',
  'and',
  'it',
  'its',
  'is',
  'thats',
  'the',
  'please',
  'oh',
  'sorry',
  'with',
  'for',
]);

/** "because of the audit", "ticket OPS-1" after an order: the reason it lacked. */
export function addReason(previous: Understanding, lattice: Lattice): Understanding | null {
  if (previous.outcome !== 'understood' || previous.effect !== 'write' || previous.also.length > 0) return null;
  let at = 0;
  while (at < lattice.tokens.length && IDLE.has(lattice.tokens[at]?.key ?? '')) at += 1;
  let { reason, ticket } = previous;
  for (const edge of lattice.startingAt[at] ?? []) {
    if (edge.to !== lattice.tokens.length || edge.value?.kind !== 'text' || edge.value.text === '') continue;
    if (edge.symbols.includes(REASON) && edge.cost < 0.1) reason = edge.value.text;
    if (edge.symbols.includes(TICKET)) ticket = edge.value.text;
  }
  if (reason === previous.reason && ticket === previous.ticket) return null;
  const text = lattice.tokens.map((token) => token.text).join(' ');
  return { ...previous, reason, ticket, text, readings: [{ words: text, as: 'reason', literal: false }] };
}
