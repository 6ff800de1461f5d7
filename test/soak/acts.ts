import type { Member } from '#test/process/member.ts';
import type { Message } from '#test/transcripts/visible.ts';
import type { Paths } from './faults.ts';
import type { Person, Role } from './outside.ts';
import type { Trial } from './plan.ts';

export const STANDARD = 'Standard (International)';
/** Id of the role Manager. */
export const MANAGER = '7';

/** Nothing is given for less than a minute; ends are brought forward by nearly as much while the power is off. */
const SHORTEST_S = 60;
export const FORWARD_MS = 57_000;

/** What a trial is about, and how its words and lists go. */
export type Case = {
  readonly trial: Trial;
  /** Whom it changes; nobody where a role is changed. */
  readonly people: readonly Person[];
  /** The role whose name is changed. */
  readonly role: Role | null;
  readonly words: string;
  /** Role names of each person, or the role's own name, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** How often a list may change at most: once, and once more where it ends by itself. */
  readonly mostEffects: number;
  /** For how long it is given; null where it does not end. */
  readonly seconds: number | null;
  readonly paths: Paths;
};

/** Makes the case of a trial for these people. */
export function caseOf(trial: Trial, people: readonly Person[], role: Role): Case {
  const [first] = people;
  const ext = first?.ext ?? '';
  const id = first?.extensionId ?? '';
  const seconds = SHORTEST_S + 1 + (trial.ms % 5);
  const list = `extension/${id}/assigned-role$`;
  const plain = { trial, people, role: null, mostEffects: 1, seconds: null, before: [STANDARD] };
  const one = { ...plain, paths: { method: 'PUT', call: list, read: list } } as const;
  const withManager = ['Manager', STANDARD];
  switch (trial.act) {
    case 'give':
    case 'terminal':
      return { ...one, words: `give ${ext} Manager`, after: withManager };
    case 'swap':
      return { ...one, words: `replace ${STANDARD} with Front Desk for ${ext}`, after: ['Front Desk'] };
    case 'undo':
      return { ...one, words: `give ${ext} Manager`, before: withManager, after: [STANDARD] };
    case 'timed':
      return {
        ...one,
        words: `give ${ext} Manager for ${seconds} seconds`,
        after: [STANDARD],
        mostEffects: 2,
        seconds,
      };
    case 'timed-held':
      return {
        ...one,
        words: `give ${ext} Manager for ${seconds} seconds`,
        before: withManager,
        after: withManager,
        mostEffects: 0,
        seconds,
      };
    case 'bulk': {
      const numbers = people.map((person) => person.ext).join(', ');
      const paths = {
        method: 'POST',
        call: `user-role/${MANAGER}/bulk-assign$`,
        read: 'account/[^/]+/assigned-role$',
      } as const;
      return { ...plain, words: `give ${numbers} Manager`, after: withManager, paths };
    }
    case 'rename': {
      const name = `Night Desk ${trial.ms}${ext}`;
      const path = `user-role/${role.id}$`;
      return {
        ...plain,
        people: [],
        role,
        words: `rename role ${role.displayName} to ${name}`,
        before: [role.displayName],
        after: [name],
        paths: { method: 'PUT', call: path, read: path },
      };
    }
  }
}

/** The person of a case of one person, as messages name them; the role of a rename. */
function named({ people, role, words }: Case): RegExp {
  if (role !== null) return new RegExp(escaped(words.split(' to ').at(-1) ?? ''));
  return people.length > 1 ? /\d+ people/ : new RegExp(`\\(${people[0]?.ext}\\)`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Asks, and gives the preview whose button is pressed later. */
export async function previewOf(kase: Case, member: Member): Promise<Message> {
  const about = named(kase).source;
  const preview = await askedTwice(
    member,
    kase.words,
    new RegExp(`${about}[^]*Nothing has changed yet|Nothing has changed yet[^]*${about}|^Nothing to change.*${about}`),
  );
  if (kase.trial.act !== 'undo') return preview;
  await member.clickAndRead(preview, 'Confirm', new RegExp(`^Done\\. .*${about}`));
  const done = await member.read(new RegExp(`^Done\\. .*${about}[^]*\\[Undo\\]`));
  await member.click(done, 'Undo');
  return member.read(new RegExp(`^Take back that change.*${about}[^]*\\[Confirm\\]`));
}

/** A machine that is busy with others may drop a connection, and with it the words: people then say them again. */
function askedTwice(member: Member, words: string, expected: RegExp): Promise<Message> {
  return member.ask(words, expected).catch(() => member.ask(words, expected));
}
