import type { HeldSide } from '../../domain/comparison.ts';
import type { Extension } from '../../domain/people.ts';
import type { Compared, ComparedPermission, ComparedPerson, Saying } from '../../domain/reply.ts';
import type { Role } from '../../domain/roles.ts';
import type { NameGroup, Part } from '../card.ts';
import { count, heldRole, join, personName, plain, reach, roleName, some } from '../words.ts';
import { type Body, groupedTable, groups, maybe } from './body.ts';
import { briefName, byCategory, byWords, categoryCounts, categoryName, namer } from './categories.ts';

/** The differences of two sides, by who holds them. */
type Sorted = {
  readonly onlyOne: readonly ComparedPermission[];
  readonly onlyOther: readonly ComparedPermission[];
  readonly unlike: readonly ComparedPermission[];
};

function sorted({ differing }: Compared): Sorted {
  return {
    onlyOne: differing.filter(({ other }) => other === null),
    onlyOther: differing.filter(({ one }) => one === null),
    unlike: differing.filter(({ one, other }) => one !== null && other !== null),
  };
}

/** Words for "difference between these roles": what sets them apart in full, what they share in numbers. */
export function roleComparison(saying: Extract<Saying, { kind: 'role-comparison' }>): Body {
  const { roles, compared, leftOut } = saying;
  const [one, other] = [roleName(roles[0]), roleName(roles[1])];
  const { onlyOne, onlyOther, unlike } = sorted(compared);
  const nameOf = namer(compared.differing.map((row) => row.permission));
  return {
    headline: headline([one, other], compared, 'roles'),
    parts: [
      { kind: 'facts', facts: roles.map((role) => ({ label: roleName(role), value: roleFacts(role) })) },
      ...onlyIn(one, onlyOne, nameOf),
      ...onlyIn(other, onlyOther, nameOf),
      ...groups('In both, reaching differently:', byReach([one, other], unlike, nameOf)),
      ...shared(compared),
      ...notCompared(leftOut),
    ],
  };
}

function roleFacts(role: Role): string {
  const where = role.scope === null ? 'reach as each permission says' : `reaches ${reach([role.scope])}`;
  return `${role.custom ? 'custom' : 'standard'} role, ${where}`;
}

type NameOf = ReturnType<typeof namer>;

function onlyIn(name: string, rows: readonly ComparedPermission[], nameOf: NameOf): Part[] {
  const permissions = rows.map((row) => row.permission);
  return groups(`Only in ${name}, ${count(rows.length, 'permission')}:`, byCategory(permissions, nameOf));
}

/** What both hold and reach differently with: one line for each pair of reaches. */
function byReach(
  [one, other]: readonly [string, string],
  rows: readonly ComparedPermission[],
  nameOf: NameOf,
): readonly NameGroup[] {
  return grouped(rows, (row) => `${one}: ${sideReach(row.one)}; ${other}: ${sideReach(row.other)}`, nameOf);
}

/** Permissions under what `nameGroup` says of them, in the order of the alphabet. */
function grouped(
  rows: readonly ComparedPermission[],
  nameGroup: (row: ComparedPermission) => string,
  nameOf: NameOf,
): readonly NameGroup[] {
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(nameGroup(row), [...(found.get(nameGroup(row)) ?? []), nameOf(row.permission)]);
  const all = [...found].map(([name, items]) => ({ name, items: items.sort(byWords) }));
  return all.sort((one, other) => byWords(one.name, other.name));
}

function sideReach(side: HeldSide | null): string {
  return side === null ? 'not at all' : `${reach(side.scopes)}${side.siteRestricted ? ' at their sites' : ''}`;
}

/** Words for "what has this person that the other has not". */
export function peopleComparison(saying: Extract<Saying, { kind: 'people-comparison' }>): Body {
  const { people, compared, unseen, leftOut } = saying;
  const names = [personName(people[0].person), personName(people[1].person)] as const;
  return {
    headline: headline(names, compared, 'people'),
    parts: [
      { kind: 'facts', facts: roleLines(people) },
      ...(compared.differing.length > ROWS_AT_MOST ? peopleGroups(names, compared) : peopleTable(people, compared)),
      ...shared(compared),
      ...maybe(unseen.map((each) => `${plain(each, 300)}.`).join(' ')),
      ...notCompared(leftOut),
    ],
  };
}

function roleLines([one, other]: readonly [ComparedPerson, ComparedPerson]) {
  const words = ({ person, roles }: ComparedPerson) => ({
    label: `Roles of ${personName(person)}`,
    value: roles.length === 0 ? 'none' : join(roles.map(heldRole)),
  });
  return [words(one), words(other)];
}

/** Past so many rows a table is paged through and no longer read: then lines by category say the same. */
const ROWS_AT_MOST = 25;

function peopleTable(people: readonly [ComparedPerson, ComparedPerson], compared: Compared): Part[] {
  const [one, other] = shortNames(people[0].person, people[1].person);
  return groupedTable(
    `What sets ${one} and ${other} apart`,
    ['Who', 'Permission', 'Category', 'Through', 'Reach'],
    peopleRows(people, compared),
  );
}

function peopleGroups([one, other]: readonly [string, string], compared: Compared): Part[] {
  const { onlyOne, onlyOther, unlike } = sorted(compared);
  const nameOf = namer(compared.differing.map((row) => row.permission));
  const only = (
    who: string,
    rows: readonly ComparedPermission[],
    sideOf: (row: ComparedPermission) => HeldSide | null,
  ) => {
    const ways = new Set(rows.map((row) => throughRoles(sideOf(row))));
    const through = ways.size === 1 ? `, through ${[...ways].join()}` : '';
    const nameGroup = (row: ComparedPermission) => {
      const how = [sideReach(sideOf(row)), ...(ways.size === 1 ? [] : [`through ${throughRoles(sideOf(row))}`])];
      return [categoryName(row.permission), ...how].join(', ');
    };
    return groups(`Only ${who}, ${count(rows.length, 'permission')}${through}:`, grouped(rows, nameGroup, nameOf));
  };
  return [
    ...only(one, onlyOne, (row) => row.one),
    ...only(other, onlyOther, (row) => row.other),
    ...groups('Both, reaching differently:', byReach([one, other], unlike, nameOf)),
  ];
}

function peopleRows(
  [one, other]: readonly [ComparedPerson, ComparedPerson],
  compared: Compared,
): readonly (readonly string[])[] {
  const { onlyOne, onlyOther, unlike } = sorted(compared);
  const nameOf = namer(compared.differing.map((row) => row.permission));
  const row = (who: string, { permission }: ComparedPermission, through: string, how: string) => [
    who,
    nameOf(permission),
    categoryName(permission),
    through,
    how,
  ];
  const [left, right] = shortNames(one.person, other.person);
  return [
    ...ordered(onlyOne).map((each) => row(`Only ${left}`, each, throughRoles(each.one), sideReach(each.one))),
    ...ordered(onlyOther).map((each) => row(`Only ${right}`, each, throughRoles(each.other), sideReach(each.other))),
    ...ordered(unlike).map((each) => {
      const through = [...new Set([throughRoles(each.one), throughRoles(each.other)])].join(' / ');
      return row('Both, unlike', each, through, `${sideReach(each.one)} / ${sideReach(each.other)}`);
    }),
  ];
}

/** A column of names stays narrow; two people of one name are told apart by their numbers. */
function shortNames(one: Extension, other: Extension): readonly [string, string] {
  const [left, right] = [plain(one.name), plain(other.name)];
  return left === '' || right === '' || left === right ? [personName(one), personName(other)] : [left, right];
}

function throughRoles(side: HeldSide | null): string {
  return some(
    (side?.roles ?? []).map((role) => plain(role)),
    3,
  );
}

function ordered(rows: readonly ComparedPermission[]): readonly ComparedPermission[] {
  const key = ({ permission }: ComparedPermission) => `${categoryName(permission)} ${briefName(permission)}`;
  return [...rows].sort((one, other) => byWords(key(one), key(other)));
}

/** The verdict in one sentence: who has more, and how much. */
function headline([one, other]: readonly [string, string], compared: Compared, of: 'roles' | 'people'): string {
  const { onlyOne, onlyOther, unlike } = sorted(compared);
  const verb = of === 'roles' ? 'hold' : 'have';
  if (onlyOne.length === 0 && onlyOther.length === 0) {
    const same = count(compared.common.length + unlike.length, 'permission');
    const differently = unlike.length === 0 ? '' : `, ${unlike.length} of them with a different reach`;
    return `${one} and ${other} ${verb} the same ${same}${differently}.`;
  }
  if (onlyOther.length === 0) return `${one} has everything that ${other} has, and ${more(onlyOne)}.`;
  if (onlyOne.length === 0) return `${other} has everything that ${one} has, and ${more(onlyOther)}.`;
  return `${one} has ${count(onlyOne.length, 'permission')} that ${other} has not; ${other} has ${onlyOther.length} that ${one} has not.`;
}

function more(rows: readonly ComparedPermission[]): string {
  return rows.length === 1 ? 'one permission more' : `${rows.length} permissions more`;
}

function shared({ common }: Compared): Part[] {
  return maybe(
    common.length > 0 && `The same in both: ${count(common.length, 'permission')} (${categoryCounts(common)}).`,
  );
}

function notCompared(leftOut: readonly string[]): Part[] {
  const names = leftOut.map((name) => plain(name));
  return maybe(leftOut.length > 0 && `I compared the first two. Not looked at: ${join(names)}.`);
}
