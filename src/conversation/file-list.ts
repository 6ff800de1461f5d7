import type { Attachment } from '../domain/attachment.ts';
import { INTENT_EFFECTS, type Intent, NO_SLOTS, type Understanding } from '../domain/understanding.ts';
import { isChange } from '../usecases/acts.ts';
import { readList } from '../usecases/bulk/read-list.ts';
import { type Gate, open, shut } from '../usecases/gate.ts';
import type { Names } from '../usecases/ports.ts';

/** Ways to say "whoever stands in the list". */
const IN_THE_LIST =
  /\b(?:every(?:one|body)|all(?: of)?(?: the)?(?: people)?|the people|people|those|them|users|employees)?\s*(?:in|from|of|on)\s+(?:this|the|my|that|attached)\s+(?:attached\s+)?(?:file|csv|list|table|sheet|spreadsheet|attachment)\b|\b(?:these|those|the following)\s+(?:people|users|employees|ones)\b/gi;

/** Ways to say "the roles that stand beside them": the words name none then. */
const ROLES_IN_THE_LIST =
  /\b(?:these|those|their|the)(?: listed)? roles?(?: (?:listed|beside them|next to them))?(?!\s+\w)/gi;

/** Fewer lines than these are read like any other words. */
const LINES_AT_LEAST = 3;

/** Words and the list that was pasted under them. */
export type Pasted = { readonly words: string; readonly list: Attachment };

/**
 * Parts a message into its first line and a list of people under it, when each of those lines names somebody by number,
 * e-mail address or whole name; null when it is anything else.
 */
export function pastedList(text: string, names: Names): Pasted | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*```\w*\s*$/.test(line));
  const [words, ...rest] = lines;
  if (words === undefined || rest.length < LINES_AT_LEAST - 1) return null;
  const list = { name: 'the list', text: rest.join('\n') };
  const { entries, troubles } = readList(list.text, names);
  return troubles.length === 0 && entries.length > 0 ? { words, list } : null;
}

/** The words with "everyone in the file" as a pronoun, and what the pronoun means. */
export function aboutList(words: string): string {
  return words.replace(IN_THE_LIST, ' them ').replace(ROLES_IN_THE_LIST, ' ').replace(/\s+/g, ' ').trim();
}

/** What the pronoun of a list stands for: an earlier question about exactly these people. */
export function listAsSubject(numbers: readonly string[]): Understanding {
  const intent: Intent = 'list-roles-of';
  const nothing = { outcome: 'understood', dryRun: false, also: [], ask: null, suggestions: [], readings: [] } as const;
  return { ...NO_SLOTS, ...nothing, text: '', intent, effect: INTENT_EFFECTS[intent], people: numbers };
}

/**
 * Puts the people of a list, and the roles beside them, into what was understood from the words.
 *
 * The words say what to do and the list says to whom: a sentence that names other people or another group as well is
 * not filled, because it could mean either.
 */
export function withList(understanding: Understanding, list: Attachment, names: Names): Gate<Understanding> | null {
  const { intent, outcome, ask } = understanding;
  const { entries, troubles } = readList(list.text, names);
  if (troubles.length > 0)
    return shut({ kind: 'list', name: list.name, troubles: troubles.slice(0, 20), total: troubles.length });
  if (!isChange(intent) || intent === 'copy-roles' || understanding.group !== null) return null;
  const numbers = entries.map(({ person }) => person);
  const named = understanding.people.filter((each) => !numbers.includes(each));
  if (named.length > 0 || (understanding.people.length > 0 && understanding.people.length < numbers.length))
    return null;
  const lacksPeople = outcome === 'ask-back' && ask?.about === 'person' && ask.text === '';
  const lacksRoles = outcome === 'ask-back' && ask?.about === 'role' && ask.text === '';
  const listsRoles = entries.some(({ roles }) => roles.length > 0);
  if (listsRoles && understanding.roles.length === 0 && (lacksRoles || lacksPeople)) {
    // What else was said would have to be left out.
    if (understanding.also.length > 0) return null;
    return open(withRoles(understanding, entries));
  }
  if (outcome !== 'understood' && !lacksPeople) return null;
  if (lacksPeople && understanding.roles.length === 0 && intent !== 'reset-roles' && intent !== 'offboard') return null;
  return open({ ...understanding, outcome: 'understood', ask: null, people: numbers });
}

type Entries = ReturnType<typeof readList>['entries'];

/**
 * One act for all who have the same roles beside them, all of them one plan. One person's roles stay together: setting
 * the second of them alone would take the first.
 */
function withRoles(understanding: Understanding, entries: Entries): Understanding {
  const given = entries.filter(({ roles }) => roles.length > 0);
  const alike = Map.groupBy(given, ({ roles }) => JSON.stringify([...roles].sort()));
  const { intent, effect, time, removedRoles } = understanding;
  const acts = [...alike.values()].map((same) => ({
    people: same.map(({ person }) => person),
    roles: same[0]?.roles ?? [],
  }));
  const [first, ...others] = acts;
  if (first === undefined || intent === null || effect === null) return understanding;
  const also = others.map((act) => ({ ...NO_SLOTS, intent, effect, time, removedRoles, ...act }));
  return { ...understanding, outcome: 'understood', ask: null, ...first, also };
}
