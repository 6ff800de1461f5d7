import { parse } from 'csv-parse/sync';
import type { Extension } from '../../domain/people.ts';
import type { ListTrouble } from '../../domain/reply.ts';
import type { Names } from '../ports.ts';

/** People of a list, each with the roles that stand beside them; none where the list has no such column. */
export type PeopleList = {
  readonly entries: readonly { readonly person: string; readonly roles: readonly string[] }[];
  readonly troubles: readonly ListTrouble[];
};

const HEADERS: Readonly<Record<'number' | 'email' | 'name' | 'role', RegExp>> = {
  number: /^(ext(ension)?( ?(no|number|#))?\.?|number|durchwahl)$/,
  email: /^(e-?mail( ?address)?|mail)$/,
  name: /^((full|display)? ?name|person|people|user|employee|who)$/,
  role: /^roles?( ?names?)?$/,
};

type Columns = { readonly person: readonly number[]; readonly role: number | null };

/** Reads lines of people, as a CSV file or pasted from a spreadsheet; with or without a line of column names. */
export function readList(text: string, names: Names): PeopleList {
  const rows = rowsOf(text);
  if (rows === null) return { entries: [], troubles: [{ line: 1, words: '', why: 'unreadable' }] };
  const [first] = rows;
  const named = first === undefined ? null : columnsNamed(first.cells);
  const columns = named ?? { person: [0], role: null };
  const find = finderOf(names);
  const entries = new Map<string, Set<string>>();
  const troubles: ListTrouble[] = [];
  for (const { line, cells } of named === null ? rows : rows.slice(1)) {
    const found = personOf(columns, cells, find);
    const roles = rolesOf(columns, cells, names);
    const words = cells
      .filter((cell) => cell !== '')
      .join(', ')
      .slice(0, 80);
    if ('why' in found) troubles.push({ line, words, why: found.why });
    else if (roles === null) troubles.push({ line, words, why: 'no-such-role' });
    else {
      const known = entries.get(found.person.number) ?? new Set();
      for (const role of roles) known.add(role);
      entries.set(found.person.number, known);
    }
  }
  return { entries: [...entries].map(([person, roles]) => ({ person, roles: [...roles] })), troubles };
}

type Row = { readonly line: number; readonly cells: readonly string[] };

function rowsOf(text: string): readonly Row[] | null {
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return rows
      .map(({ info, record }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch {
    return null;
  }
}

/** Whatever the first line has most of; a comma where it has none. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counts = [',', ';', '\t'].map((sign) => [sign, first.split(sign).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function columnsNamed(cells: readonly string[]): Columns | null {
  const folded = cells.map((cell) => fold(cell));
  const at = (kind: keyof typeof HEADERS) => folded.findIndex((cell) => HEADERS[kind].test(cell));
  // What tells two people of one name apart goes before the name.
  const person = [at('number'), at('email'), at('name')].filter((index) => index >= 0);
  if (person.length === 0) return null;
  const role = at('role');
  return { person, role: role < 0 ? null : role };
}

type Find = (cell: string) => readonly Extension[];
type Found = { readonly person: Extension } | { readonly why: 'nobody' | 'several' };

function personOf({ person }: Columns, cells: readonly string[], find: Find): Found {
  const cell = person.map((index) => cells[index] ?? '').find((each) => each !== '') ?? '';
  const [one, ...others] = find(cell);
  if (one === undefined) return { why: 'nobody' };
  return others.length > 0 ? { why: 'several' } : { person: one };
}

/** By number, e-mail address or whole name, and by nothing less: a list is not asked back about. */
function finderOf({ people, byNumber }: Names): Find {
  const byText = Map.groupBy(
    people.flatMap((person) =>
      [person.email, person.name].flatMap((text) => (text ? [{ key: fold(text), person }] : [])),
    ),
    ({ key }) => key,
  );
  return (cell) => {
    const text = fold(cell.replace(/^(ext(ension)?\.?|#)\s*/i, ''));
    const numbered = /^\d+$/.test(text) ? byNumber(text) : undefined;
    return numbered === undefined ? (byText.get(text) ?? []).map(({ person }) => person) : [numbered];
  };
}

/** Null when one of the names is no role's. */
function rolesOf({ role }: Columns, cells: readonly string[], names: Names): readonly string[] | null {
  const said = role === null ? [] : (cells[role] ?? '').split(/[;|]/).map((each) => each.trim());
  const found = said
    .filter((each) => each !== '')
    .map((each) => names.roles.find(({ displayName }) => fold(displayName) === fold(each))?.displayName);
  return found.every((each) => each !== undefined) ? found : null;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
