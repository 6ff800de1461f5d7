import { GIVEN_NAMES, SURNAME_ENDS, SURNAME_STARTS } from '../data/names.ts';
import type { AccountFile } from './account-file.ts';
import { extensionIdAt } from './ids.ts';
import type { Extension, HeldRole } from './model.ts';
import { pick, pickWeighted, seededRandom } from './random.ts';

const FIRST_NUMBER = 1001;

/** Which roles invented people hold, by display name; administrators stay the named few. */
const ROLE_WEIGHTS: readonly (readonly [readonly string[], number])[] = [
  [['Standard (International)'], 58],
  [['Standard'], 16],
  [['Front Desk'], 8],
  [['Support'], 8],
  [['Night Desk'], 4],
  [['Reports'], 2],
  [['Manager'], 1.5],
  [['Support Lead'], 1.5],
  [['Support', 'Reports'], 1],
];
const TYPE_WEIGHTS: readonly (readonly [string, number])[] = [
  ['User', 95],
  ['DigitalUser', 2],
  ['Limited', 2],
  ['Department', 1],
];
const STATUS_WEIGHTS: readonly (readonly [string, number])[] = [
  ['Enabled', 96],
  ['NotActivated', 2],
  ['Disabled', 2],
];

type Surroundings = {
  readonly file: AccountFile;
  readonly siteIds: readonly string[];
  readonly roleIdByName: ReadonlyMap<string, string>;
  readonly createdAt: number;
};

/**
 * Invents people until the account has `count` extensions. The same seed gives the same people, and a larger account
 * begins with the people of a smaller one.
 */
export function growPeople(count: number, from: number, seed: number, around: Surroundings): Extension[] {
  const random = seededRandom(seed);
  const departments = [...new Set(around.file.people.flatMap((person) => person.department ?? []))];
  const rolesOf = shareRoleLists(around.roleIdByName);
  const people: Extension[] = [];
  for (let index = from; index < count; index += 1) {
    people.push(invent(index, index - from, random, departments, rolesOf, around));
  }
  return people;
}

/** One frozen list per combination: a hundred thousand people hold nine lists, not a hundred thousand. */
function shareRoleLists(ids: ReadonlyMap<string, string>): (readonly [readonly HeldRole[], number])[] {
  return ROLE_WEIGHTS.flatMap(([names, weight]) => {
    const found = names.flatMap((name) => ids.get(name) ?? []);
    if (found.length !== names.length) return [];
    const held = found.map((roleId) => ({ roleId, siteRestricted: false, autoAssigned: false }));
    return [[held, weight] as const];
  });
}

function invent(
  index: number,
  nth: number,
  random: () => number,
  departments: readonly string[],
  roles: readonly (readonly [readonly HeldRole[], number])[],
  around: Surroundings,
): Extension {
  const type = pickWeighted(TYPE_WEIGHTS, random);
  const isPerson = type === 'User' || type === 'DigitalUser';
  const firstName = isPerson ? pick(GIVEN_NAMES, random) : type === 'Department' ? 'Queue' : 'Desk Phone';
  const lastName = isPerson ? pick(SURNAME_STARTS, random) + pick(SURNAME_ENDS, random) : String(FIRST_NUMBER + nth);
  const number = String(FIRST_NUMBER + nth);
  return {
    id: extensionIdAt(index),
    number,
    firstName,
    lastName,
    name: `${firstName} ${lastName}`,
    email: isPerson ? `${firstName}.${lastName}.${number}@${around.file.company.emailDomain}`.toLowerCase() : null,
    type,
    named: false,
    createdAt: around.createdAt,
    status: isPerson ? pickWeighted(STATUS_WEIGHTS, random) : 'Enabled',
    department: isPerson && departments.length > 0 ? pick(departments, random) : null,
    siteId: pick(around.siteIds, random),
    roles: isPerson ? pickWeighted(roles, random) : [],
    administeredSites: [],
  };
}
