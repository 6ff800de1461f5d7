import type { AppPermissionFacts } from '../../domain/explanation.ts';
import type { AppPermissionRow, Saying } from '../../domain/reply.ts';
import type { Part } from '../card.ts';
import { count, join, plain, some } from '../words.ts';
import { type Body, list, maybe, table, text } from './body.ts';
import { addWords } from './explain-app.ts';

/** Words for what the app may do, by the scope of its live token. */
export function appPermissions({ printed, included }: Extract<Saying, { kind: 'app-permissions' }>): Body {
  return {
    headline: `The app has ${count(printed.length, 'app permission')}${included.length === 0 ? '' : `, and ${included.length} more that come with them`}.`,
    parts: [
      ...table(
        'App permissions of the live token',
        ['App permission', 'Allows', 'Includes'],
        printed.map((facts) => [facts.id, allows(facts), join(facts.includes)]),
      ),
      ...list(
        'These come with them:',
        included.map(({ id, through }) => `${id}${through === null ? '' : `, through ${through}`}`),
      ),
      text('Read from the scope of the token that is in use. What the app is given later counts with its next token.'),
    ],
  };
}

/** Words for "does the app have that". */
export function appPermissionCheck({ rows }: Extract<Saying, { kind: 'app-permission-check' }>): Body {
  const [only] = rows;
  if (only === undefined) return { headline: 'There was no app permission to check.', parts: [] };
  if (rows.length === 1) return oneCheck(only);
  const has = rows.filter(isCarried).length;
  return {
    headline: `The app has ${has} of ${rows.length}.`,
    parts: table(
      'Which app permissions the live token carries',
      ['App permission', 'Has it', 'On request'],
      rows.map((row) => [row.facts.id, carriedWord(row), row.facts.onRequest ? 'yes' : 'no']),
    ),
  };
}

function oneCheck(row: AppPermissionRow): Body {
  const { facts, through } = row;
  if (isCarried(row)) {
    return {
      headline: `Yes. The app has ${facts.id}${through === null ? '' : `: it comes with ${through}`}.`,
      parts: [...about(facts), text('Read from the scope of the token that is in use.')],
    };
  }
  return {
    headline: `No. The app does not have ${facts.id}.`,
    parts: [
      ...about(facts),
      ...maybe(facts.includedBy.length > 0 && `It would also come with ${join(facts.includedBy, 'or')}.`),
      text(addWords(facts)),
      text('Then a new token is needed: what an app may do is fixed when its token is issued (inferred).'),
    ],
  };
}

/** Words for what an app permission is, what comes with it and who needs it. */
export function appPermissionDescription({ rows }: Extract<Saying, { kind: 'app-permission-description' }>): Body {
  const [first, ...others] = rows;
  if (first === undefined) return { headline: 'There was no app permission to describe.', parts: [] };
  return {
    headline: describing(first.facts),
    parts: [...details(first), ...others.flatMap((row) => [text(describing(row.facts)), ...details(row)])],
  };
}

function describing({ id, known, includes }: AppPermissionFacts): string {
  if (!known) return `No public document names an app permission ${plain(id)}.`;
  return includes.length === 0 ? `${id} includes no other app permission.` : `${id} includes ${join(includes)}.`;
}

function details(row: AppPermissionRow): Part[] {
  const { facts } = row;
  return [
    ...about(facts),
    ...maybe(facts.includedBy.length > 0 && `It comes with ${join(facts.includedBy, 'or')}.`),
    ...maybe(
      facts.known &&
        `On request: ${facts.onRequest ? 'yes, only RingCentral can add it' : 'no, the owner of the app adds it'}.`,
    ),
    text(
      isCarried(row)
        ? `The app has it${row.through === null ? '' : ` through ${row.through}`}.`
        : 'The app does not have it.',
    ),
    ...list('Documented calls that need it:', shownOf(facts.operations)),
    ...maybe(
      facts.userPermissions.length > 0 &&
        `Whoever makes these calls needs a user permission as well: ${some(facts.userPermissions, 8)}.`,
    ),
  ];
}

const SHOWN = 12;

function shownOf(operations: readonly string[]): readonly string[] {
  const more = operations.length - SHOWN;
  return more > 0 ? [...operations.slice(0, SHOWN), `and ${more} more`] : operations;
}

function about({ name, id, description, accessType }: AppPermissionFacts): Part[] {
  const called = name === null || name === id ? '' : `In older lists it is called "${plain(name)}". `;
  const what = description === null ? '' : plain(description, 300);
  const kind = accessType === null ? '' : ` Access: ${plain(accessType)}.`;
  return maybe(`${called}${what}${what === '' || /[.*]$/.test(what) ? '' : '.'}${kind}`.trim());
}

function isCarried({ printed, through }: AppPermissionRow): boolean {
  return printed || through !== null;
}

function carriedWord(row: AppPermissionRow): string {
  if (row.printed) return 'yes';
  return row.through === null ? 'no' : `yes, through ${row.through}`;
}

function allows({ description, known }: AppPermissionFacts): string {
  return description === null ? (known ? 'not described' : 'in no public document') : plain(description, 120);
}
