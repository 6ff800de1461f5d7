import type { Understanding } from '#src/domain/understanding.ts';
import { buildVocabulary, type Context, understand, type VocabularyInput } from '#src/language/index.ts';

type Person = readonly [number: string, name: string, department: string | null, site: string];

const PEOPLE: readonly Person[] = [
  ['100', 'Rolecall Service', 'IT', 'Main Site'],
  ['101', 'Alice Anderson', 'Support', 'Main Site'],
  ['102', 'Bob Brown', 'Support', 'Main Site'],
  ['103', 'Carol Chen', 'IT', 'Main Site'],
  ['104', 'Dave Diaz', 'IT', 'Main Site'],
  ['105', 'Erin Novak', 'IT', 'Berlin'],
  ['106', "Frank O'Neil", 'Sales', 'Denver'],
  ['107', 'Grace Park', 'Finance', 'Main Site'],
  ['108', 'Heidi Köhler', 'Front Desk', 'Berlin'],
  ['109', 'Chris Young', 'Sales', 'Main Site'],
  ['110', 'Chris Young', 'Support', 'Denver'],
  ['111', 'Christine Yang', 'Support', 'Denver'],
  ['112', 'Will Grant', 'Finance', 'Main Site'],
  ['113', 'May Marks', 'Operations', 'Main Site'],
  ['114', 'Grant Morgan', 'Operations', 'Denver'],
  ['115', 'José García', 'Front Desk', 'Denver'],
  ['116', 'Anne-Marie Dubois', 'Sales', 'Berlin'],
  ['117', '李 伟', 'Support', 'Berlin'],
  ['118', 'Zoë Adams', 'Front Desk', 'Main Site'],
  ['119', 'Sam Lee', 'Support', 'Main Site'],
  ['120', 'Samantha Leeds', 'Sales', 'Denver'],
  ['121', 'Paige Manager', 'Operations', 'Main Site'],
  ['122', 'Priya Raman', 'Front Desk', 'Denver'],
  ['123', 'Otto Becker', 'Sales', 'Berlin'],
  ['124', 'Nadia Petrova', 'Support', 'Berlin'],
  ['125', 'Omar Haddad', 'IT', 'Denver'],
  ['126', 'Support Queue', null, 'Main Site'],
];
const EMAILS: Readonly<Record<string, string>> = {
  '117': 'li.wei@cobaltlane.example',
  '102': 'bob.brown@cobaltlane.example',
  '101': 'alice.anderson@cobaltlane.example',
};

/** The names of a small clinic: people who share names, are called like words, roles and months. */
export const INPUT: VocabularyInput = {
  people: PEOPLE.map(([number, name, department, site]) => ({
    number,
    name,
    email: EMAILS[number] ?? null,
    department,
    site,
  })),
  sites: ['Main Site', 'Denver', 'Berlin'],
  departments: ['IT', 'Support', 'Sales', 'Finance', 'Front Desk', 'Operations'],
  roles: [
    ['Super Admin', false],
    ['Standard', false],
    ['Standard (International)', false],
    ['Phone System Admin', false],
    ['Billing Admin', false],
    ['User Admin', false],
    ['Manager', false],
    ['Front Desk', true],
    ['Night Desk', true],
    ['Reports', true],
    ['Support', true],
    ['Support Lead', true],
    ['Role Steward', true],
  ].map(([displayName, custom]) => ({ displayName: String(displayName), custom: custom === true })),
  permissions: [],
  partners: ['Acme Voice', 'Acme Messaging', 'Bluebird Telecom', 'Cedar Networks', 'Dunes Mobile'],
};

const VOCABULARY = buildVocabulary(INPUT);

/** Dave on a Monday morning. */
const CONTEXT: Context = {
  asker: '104',
  now: '2026-11-23T09:00:00-07:00',
  zone: 'America/Denver',
  mentions: new Map<string, string | null>([
    ['U102', '102'],
    ['UGUEST', null],
  ]),
  previous: null,
};

/** Reads a text as Dave, alone or after what the thread was about. */
export function read(text: string, previous: Understanding | null = null): Understanding {
  return understand(text, VOCABULARY, { ...CONTEXT, previous });
}

/** Reads the sentences of a thread one after the other and gives the last reading. */
export function readThread(...texts: readonly string[]): Understanding {
  let last: Understanding | null = null;
  for (const text of texts) last = read(text, last);
  if (last === null) throw new TypeError('a thread has at least one sentence');
  return last;
}
