import type { IdentityLink } from '../domain/actor.ts';
import type { ChangeOutcome } from '../domain/change.ts';
import type { AccountId, ExtensionId } from '../domain/ids.ts';
import type { AssignedRole } from '../domain/roles.ts';

export type StoredToken = {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresAt: number;
  readonly refreshExpiresAt: number | null;
  readonly scope: string;
};

/** A question that waits for one person's click: a plan to confirm, a choice to make, or steps that are offered. */
export type Pending = {
  readonly id: string;
  readonly version: number;
  readonly kind: 'confirm' | 'choose' | 'offer';
  readonly owner: ExtensionId;
  readonly state: 'open' | 'taken' | 'done' | 'cancelled' | 'expired';
  /** JSON that the use case wrote: the frozen plan, or the understanding and the candidates. */
  readonly body: string;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** What is written down about one step. Extensions are named by number; several subjects are joined by commas. */
export type AuditEntry = {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly reference: string;
  /** JSON without secrets. */
  readonly body: string;
};

/** An entry as it lies in the trail; `seq` counts from 1 without gaps in the chain, and is the cursor of a listing. */
export type ListedEntry = AuditEntry & { readonly seq: number };

/** Which entries of a trail; all that is given has to fit. Newest first. */
export type AuditQuery = {
  /** At most so many. */
  readonly limit: number;
  readonly actor?: string;
  /** One extension number, also where an entry names several. */
  readonly subject?: string;
  /** An action such as `change.outcome`; one that ends in a dot stands for all that begin so. */
  readonly action?: string;
  readonly reference?: string;
  /** Period, from (included) until (excluded). */
  readonly from?: number;
  readonly until?: number;
  /** Only older ones than this: the `seq` of the last entry of the page before. */
  readonly before?: number;
};

/** An entry with its place in the chain: `hash` covers all of it and `prev`, the hash of the entry before. */
export type ChainedEntry = ListedEntry & { readonly prev: string; readonly hash: string };

/** The end of the chain: what an anchor posts elsewhere, so that a cut-off or rewritten trail is noticed. */
type AuditHead = { readonly seq: number; readonly hash: string };

export type StoredIntent = {
  readonly id: string;
  readonly pendingId: string;
  readonly account: AccountId;
  readonly extension: ExtensionId;
  readonly asker: ExtensionId;
  readonly reference: string;
  /** Lists of AssignedRole. */
  readonly before: readonly AssignedRole[];
  readonly after: readonly AssignedRole[];
  readonly createdAt: number;
  /** `pendingId` of the change that this one takes back; null for any other. */
  readonly undoes: string | null;
  readonly outcome: ChangeOutcome | null;
};

export type NewIntent = Omit<StoredIntent, 'outcome'>;

/** Which intents; all that is given has to fit. Newest first. */
export type IntentQuery = {
  readonly limit: number;
  readonly reference?: string;
  readonly extension?: ExtensionId;
  readonly asker?: ExtensionId;
  readonly pendingId?: string;
  readonly undoes?: string;
  /** Only those of which RingCentral showed that the list moved. */
  readonly inEffect?: true;
};

/** What can be changed of a record. */
export type RecordFacts = {
  readonly state: string;
  /** Who asked for it. */
  readonly owner: string | null;
  /** Whom it is about. */
  readonly subject: string | null;
  /** Another key to be found by: a reference that people say, the job that an item belongs to. */
  readonly ref: string | null;
  /** When it ends; null for one without an end. */
  readonly endsAt: number | null;
  /** JSON that the use case wrote. */
  readonly body: string;
};

export type NewRecord = RecordFacts & {
  /** What it is, such as `grant`, `bulk` or `request`: ids are unique within one kind. */
  readonly kind: string;
  readonly id: string;
  readonly createdAt: number;
};

/** A document of a use case, with the few facts it is found by. */
export type StoredRecord = NewRecord & {
  /** 1 when new, one more with each move: what compare-and-set compares. */
  readonly version: number;
};

/** Which records; all that is given has to fit. Newest first. */
export type RecordQuery = {
  readonly kind: string;
  readonly limit: number;
  /** One of these states. */
  readonly states?: readonly string[];
  readonly owner?: string;
  readonly subject?: string;
  readonly ref?: string;
  /** Only those that end before this. */
  readonly endsBefore?: number;
  /** Only older ones than this: the last record of the page before. */
  readonly before?: Pick<StoredRecord, 'createdAt' | 'id'>;
};

/** Something to be looked at when it is due. The handler reads the present state then: the row carries no orders. */
export type NewDue = {
  /** Says what it is for, such as `revoke:<grant id>`: there is one row for each id, however often it is put. */
  readonly id: string;
  readonly kind: string;
  /** What it is about, such as the id of a grant. */
  readonly ref: string;
  readonly dueAt: number;
};

export type Due = NewDue & {
  /** When it is looked at next: later than `dueAt` while it is claimed or waits to be tried again. */
  readonly nextAt: number;
  /** How often it was claimed since it was put. */
  readonly attempts: number;
  readonly lastError: string | null;
  /** Somebody works on it; by the clock of whoever asks it may have run out. */
  readonly leaseBy: string | null;
  readonly doneAt: number | null;
  /** Given up until somebody puts it again; people are told. */
  readonly parkedAt: number | null;
};

/** A due row in the hands of one worker, until the lease ends or somebody else is given a later fence. */
export type ClaimedDue = NewDue &
  Pick<Due, 'attempts' | 'lastError'> & {
    readonly fence: number;
    /** By the clock of the claimer. Just before an external write: give up unless the write surely ends earlier. */
    readonly leaseUntil: number;
  };

export type Claim = {
  readonly now: number;
  readonly limit: number;
  readonly holder: string;
  readonly ttlMs: number;
  /** Only of these kinds: revocations are claimed before anything else. */
  readonly kinds?: readonly string[];
};

/** Names a change of a stored thing for `commit`. */
export type StoreChange =
  /** Misses when the id is taken. */
  | { readonly write: 'record.insert'; readonly record: NewRecord }
  /** Misses unless the record still has this version. What is not named in `to` stays. */
  | {
      readonly write: 'record.move';
      readonly record: Pick<StoredRecord, 'kind' | 'id' | 'version'>;
      readonly to: Partial<RecordFacts>;
    }
  /** Due at this instant from now on, whatever was there: done, parked or claimed (whoever holds it loses it). */
  | { readonly write: 'due.put'; readonly due: NewDue }
  /** The same, but one that is there already, even done, stays as it is: for follow-ups that may be asked for twice. */
  | { readonly write: 'due.add'; readonly due: NewDue }
  /** Not to be looked at any more. Never misses. */
  | { readonly write: 'due.cancel'; readonly id: string }
  /** Done. This and the next two miss unless the row is still in the claimer's hands. */
  | { readonly write: 'due.settle'; readonly due: Pick<ClaimedDue, 'id' | 'fence'> }
  /** Not done: again at `retryAt`. */
  | {
      readonly write: 'due.fail';
      readonly due: Pick<ClaimedDue, 'id' | 'fence'>;
      readonly retryAt: number;
      readonly error: string;
    }
  /** Given up for now: stays, is not claimed again until it is put. Tell people in the same breath. */
  | { readonly write: 'due.park'; readonly due: Pick<ClaimedDue, 'id' | 'fence'>; readonly error: string }
  | { readonly write: 'intent.record'; readonly intent: NewIntent }
  /** Misses when already settled. An `unsettled` outcome is written down and leaves the intent open. */
  | { readonly write: 'intent.settle'; readonly id: string; readonly outcome: ChangeOutcome }
  /** Misses when the same or a newer version is there. */
  | { readonly write: 'pending.save'; readonly pending: Pending }
  /** Misses unless the question still has this version and state. */
  | {
      readonly write: 'pending.move';
      readonly id: string;
      readonly version: number;
      readonly from: Pending['state'];
      readonly to: Pending['state'];
    };

export interface Store {
  /**
   * Writes everything in one transaction, with the audit entries that tell of it, or nothing at all.
   *
   * Gives false, with nothing written, when one change misses: somebody else was first, so read again and decide anew.
   * What is true is on the disk. Order does not matter, except between changes of the same row: `due.settle` then
   * `due.put` of one id makes it due once more.
   */
  commit(changes: readonly StoreChange[], audit: readonly AuditEntry[]): Promise<boolean>;
  /** Documents of use cases: grants, bulk jobs, requests. Written through `commit`. */
  records: {
    load(kind: string, id: string): Promise<StoredRecord | null>;
    find(query: RecordQuery): Promise<readonly StoredRecord[]>;
  };
  /** What has to be looked at in time. Written through `commit`. */
  due: {
    /** Takes what is due and free, the longest waiting first; no row goes to two claimers while its lease runs. */
    claim(claim: Claim): Promise<readonly ClaimedDue[]>;
    /** Lengthens a lease that still runs; null when the row was lost: stop, and drop what was found. */
    hold(due: ClaimedDue, now: number, ttlMs: number): Promise<ClaimedDue | null>;
    load(id: string): Promise<Due | null>;
    /** When something is to be looked at next; null when nothing waits. */
    nextAt(kinds?: readonly string[]): Promise<number | null>;
    /** What was given up, oldest first. */
    parked(limit: number): Promise<readonly Due[]>;
  };
  links: {
    find(workspace: string, member: string): Promise<IdentityLink | null>;
    findMany(workspace: string, members: readonly string[]): Promise<readonly IdentityLink[]>;
    /** The chat identities that are bound to an extension now. */
    of(extension: ExtensionId): Promise<readonly IdentityLink[]>;
    save(link: IdentityLink, audit: AuditEntry): Promise<void>;
  };
  tokens: {
    load(extension: ExtensionId): Promise<StoredToken | null>;
    save(extension: ExtensionId, token: StoredToken): Promise<void>;
    drop(extension: ExtensionId): Promise<void>;
  };
  /** True once for each (source, key) until it expires: the first claimer works, the others stop. */
  claimOnce(source: string, key: string, expiresAt: number): Promise<boolean>;
  pending: {
    save(pending: Pending, audit: AuditEntry | null): Promise<void>;
    load(id: string): Promise<Pending | null>;
    /** Compare-and-set; false when somebody else was first or the version differs. */
    move(
      id: string,
      version: number,
      from: Pending['state'],
      to: Pending['state'],
      audit: AuditEntry | null,
    ): Promise<boolean>;
  };
  /**
   * Exclusive for one extension's list, or for the definitions of all roles, while held; null when somebody else holds
   * it. Runs out by itself.
   *
   * @param now - by the clock of whoever asks; where several instances share a server, its own clock decides who holds
   */
  lease(
    account: AccountId,
    what: ExtensionId | 'roles',
    holder: string,
    now: number,
    ttlMs: number,
  ): Promise<Lease | null>;
  intents: {
    /** Writes the intent and its audit entry in one transaction, before the call. */
    record(intent: NewIntent, audit: AuditEntry): Promise<void>;
    /** Writes the outcome and its audit entry in one transaction, after the call; false when already settled. */
    settle(id: string, outcome: ChangeOutcome, audit: AuditEntry): Promise<boolean>;
    unsettled(): Promise<readonly StoredIntent[]>;
    find(query: IntentQuery): Promise<readonly StoredIntent[]>;
  };
  /** What a thread was last about, for follow-ups; belongs to one asker. */
  threads: {
    load(thread: string, owner: ExtensionId): Promise<string | null>;
    save(thread: string, owner: ExtensionId, body: string, expiresAt: number): Promise<void>;
  };
  /** The trail of what was asked, decided and done: append-only, each entry chained to the one before. Kept for good. */
  audit: {
    append(entry: AuditEntry): Promise<void>;
    list(query: AuditQuery): Promise<readonly ListedEntry[]>;
    /** Whole pages of the chain in order, from an entry on; for checking and export. Ends where the trail ends. */
    chain(fromSeq?: number): AsyncIterable<readonly ChainedEntry[]>;
    /** Number of the first entry written at or after an instant; null when there is none. */
    firstSince(at: number): Promise<number | null>;
    /** Null while the trail is empty. */
    head(): Promise<AuditHead | null>;
  };
  /** Who saw what about others. A trail of its own outside the chain, because entries are removed when they are old. */
  seen: {
    append(entry: AuditEntry): Promise<void>;
    list(query: AuditQuery): Promise<readonly ListedEntry[]>;
    /** Removes what is older than this; gives how many. */
    purge(before: number): Promise<number>;
  };
  close(): Promise<void>;
}

/** Exclusive hold. `until` is by the clock of whoever took it. */
export type Lease = { readonly fence: number; readonly until: number; release(): Promise<void> };
