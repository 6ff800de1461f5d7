import type { Attachment } from '../domain/attachment.ts';
import type { AnswerProof, Authority } from '../domain/authority.ts';
import type { Extension } from '../domain/people.ts';
import type { RefusalReason, Reply, ReplyFile, Saying, Turn, TurnOutcome, Verdict } from '../domain/reply.ts';
import type { AssignedRole } from '../domain/roles.ts';
import { createFreshFacts, type FreshFacts } from './fresh-facts.ts';
import type {
  Clock,
  Directories,
  Ids,
  Log,
  NameIndex,
  Names,
  PartnerDirectory,
  RoleDirectory,
  Store,
} from './ports.ts';
import type { RoleShelf } from './role-shelf.ts';

/** Everything that use cases need from outside. */
export type Deps = {
  readonly directories: Directories;
  readonly names: NameIndex;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Waits before asking again for a lease that somebody else holds. */
  readonly pause: (ms: number) => Promise<void>;
  /** IANA zone in which times are said and days are counted. */
  readonly zone: string;
  /** Absent where CarrierX is not connected. */
  readonly carrierx?: Carrierx;
};

/** CarrierX as it is connected. */
type Carrierx = {
  readonly partners: PartnerDirectory;
  /** Extension numbers of those to whom partner scopes are told. */
  readonly administrators: readonly string[];
};

/** Who asks, as far as it is proved. */
export type Asker = {
  readonly person: Extension;
  /** The directory spoken with the asker's own token; null when they are linked without one. */
  readonly own: RoleDirectory | null;
  /** How the chat identity was bound to the extension, e.g. `sign-in`. */
  readonly proof: string;
};

/** One turn of one asker: everything in it was read for this turn, names aside. */
export type Session = {
  readonly deps: Deps;
  readonly asker: Asker;
  readonly names: Names;
  readonly facts: FreshFacts;
  readonly shelf: RoleShelf;
  /** Finds this turn in log and audit. */
  readonly reference: string;
  readonly thread: string;
  /** The file that came with the words. */
  readonly attachment?: Attachment;
};

/** The same turn with everything to be read again. */
export function afresh(session: Session): Session {
  const { directories, clock } = session.deps;
  return { ...session, facts: createFreshFacts(directories, clock.now(), session.asker.own) };
}

/** What a use case has to say, before it becomes a turn. */
export type Answer = Pick<Reply, 'saying' | 'outcome' | 'verdict' | 'asOf' | 'proof' | 'file'> & {
  readonly about: Turn['facts'];
};

/** What an answer tells machines it is about. */
const NOTHING: Turn['facts'] = { people: [], roles: [], permissions: [], changes: [] };

type Details = {
  readonly authority?: Authority;
  readonly proof?: AnswerProof;
  readonly verdict?: Verdict | null;
  readonly outcome?: TurnOutcome;
  readonly asOf?: number;
  readonly file?: ReplyFile;
  readonly about?: Partial<Turn['facts']>;
};

/** Builds an answer; proof and as-of time come from the authority it rests on. */
export function answer(saying: Saying, details: Details = {}): Answer {
  return {
    saying,
    outcome: details.outcome ?? 'answered',
    verdict: details.verdict ?? null,
    asOf: details.asOf ?? details.authority?.asOf ?? null,
    proof: details.proof ?? details.authority?.proof ?? null,
    ...(details.file === undefined ? {} : { file: details.file }),
    about: { ...NOTHING, ...details.about },
  };
}

/** An expected "no". */
export function refuse(reason: RefusalReason): Answer {
  return answer({ kind: 'refused', reason }, { outcome: 'refused' });
}

/** Extension numbers, as machines want them. */
export function numbersOf(people: readonly Extension[]): readonly string[] {
  return people.map((person) => person.number);
}

/** Display names, as machines want them. */
export function roleNames(roles: readonly Pick<AssignedRole, 'displayName'>[]): readonly string[] {
  return [...new Set(roles.map((role) => role.displayName))];
}
