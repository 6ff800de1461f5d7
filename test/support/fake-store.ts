import type { IdentityLink } from '#src/domain/actor.ts';
import { assertNever, Fault } from '#src/domain/faults.ts';
import type {
  AuditEntry,
  AuditQuery,
  IntentQuery,
  Pending,
  Store,
  StoreChange,
  StoredIntent,
  StoredToken,
} from '#src/usecases/ports.ts';
import { chained, listed } from './fake-trail.ts';
import { FakeDue, FakeRecords } from './fake-work.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The store in memory, with the same promises: compare-and-set, leases that run out, record before call. */
export class FakeStore implements Store {
  readonly entries: AuditEntry[] = [];
  /** Who saw what. */
  readonly looks: AuditEntry[] = [];
  readonly records = new FakeRecords();
  readonly due = new FakeDue();
  readonly kept = new Map<string, Pending>();
  readonly recorded = new Map<string, StoredIntent>();
  readonly linked = new Map<string, IdentityLink>();
  readonly leases = new Map<string, { holder: string; until: number; fence: number }>();
  readonly #tokens = new Map<string, StoredToken>();
  readonly #claims = new Map<string, number>();
  readonly #threads = new Map<string, { body: string; expiresAt: number }>();
  readonly #clock: { now(): number };
  /** Cuts the program off after the n-th recorded intent: what a crash between record and outcome leaves. */
  failSettle = false;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  links = {
    find: async (workspace: string, member: string) => this.linked.get(`${workspace}/${member}`) ?? null,
    findMany: async (workspace: string, members: readonly string[]) =>
      members.flatMap((member) => this.linked.get(`${workspace}/${member}`) ?? []),
    of: async (extension: string) => [...this.linked.values()].filter((link) => link.extension === extension),
    save: async (link: IdentityLink, audit: AuditEntry) => {
      this.linked.set(`${link.workspace}/${link.member}`, link);
      this.entries.push(audit);
    },
  };

  tokens = {
    load: async (extension: string) => this.#tokens.get(extension) ?? null,
    save: async (extension: string, token: StoredToken) => {
      this.#tokens.set(extension, token);
    },
    drop: async (extension: string) => {
      this.#tokens.delete(extension);
    },
  };

  async claimOnce(source: string, key: string, expiresAt: number): Promise<boolean> {
    const id = `${source}/${key}`;
    if ((this.#claims.get(id) ?? 0) > this.#clock.now()) return false;
    this.#claims.set(id, expiresAt);
    return true;
  }

  async commit(changes: readonly StoreChange[], audit: readonly AuditEntry[]): Promise<boolean> {
    const maps: readonly Map<string, unknown>[] = [this.kept, this.recorded, this.records.kept, this.due.rows];
    const before = maps.map((map) => [...map]);
    try {
      if (changes.every((change) => this.#apply(change))) {
        this.entries.push(...audit);
        return true;
      }
    } catch (error) {
      takeBack(maps, before);
      throw error;
    }
    takeBack(maps, before);
    return false;
  }

  #apply(change: StoreChange): boolean {
    const now = this.#clock.now();
    switch (change.write) {
      case 'record.insert':
        return this.records.insert(change.record);
      case 'record.move':
        return this.records.move(change);
      case 'due.put':
        this.due.put(change.due);
        return true;
      case 'due.add':
        this.due.add(change.due);
        return true;
      case 'due.cancel':
        this.due.cancel(change.id, now);
        return true;
      case 'due.settle':
        return this.due.settle(change.due, now);
      case 'due.fail':
        return this.due.fail(change.due, change.retryAt, change.error);
      case 'due.park':
        return this.due.park(change.due, now, change.error);
      case 'intent.record':
        return this.#record(change.intent);
      case 'intent.settle':
        return this.#settle(change.id, change.outcome);
      case 'pending.save':
        return this.#save(change.pending);
      case 'pending.move':
        return this.#move(change);
      default:
        return assertNever(change);
    }
  }

  #save(pending: Pending): boolean {
    this.#sweep();
    if ((this.kept.get(pending.id)?.version ?? 0) >= pending.version) return false;
    this.kept.set(pending.id, pending);
    return true;
  }

  /** Late clicks are told "expired" for a week; what an open intent points to stays. */
  #sweep(): void {
    const working = new Set([...this.recorded.values()].filter(isOpen).map(({ pendingId }) => pendingId));
    for (const { id, expiresAt } of this.kept.values()) {
      if (expiresAt <= this.#clock.now() - WEEK_MS && !working.has(id)) this.kept.delete(id);
    }
  }

  #move({ id, version, from, to }: Omit<Extract<StoreChange, { write: 'pending.move' }>, 'write'>): boolean {
    const pending = this.kept.get(id);
    if (pending === undefined || pending.version !== version || pending.state !== from) return false;
    this.kept.set(id, { ...pending, state: to });
    return true;
  }

  #record(intent: Omit<StoredIntent, 'outcome'>): boolean {
    if (this.recorded.has(intent.id)) return false;
    this.recorded.set(intent.id, { ...intent, outcome: null });
    return true;
  }

  #settle(id: string, outcome: NonNullable<StoredIntent['outcome']>): boolean {
    if (this.failSettle) throw new Fault('store-unavailable', 'cut off');
    const intent = this.recorded.get(id);
    if (intent === undefined || !isOpen(intent)) return false;
    this.recorded.set(id, { ...intent, outcome });
    return true;
  }

  pending = {
    save: async (pending: Pending, audit: AuditEntry | null) => {
      if (!this.#save(pending))
        throw new Fault('store-conflict', 'This question was changed by someone else meanwhile.');
      if (audit !== null) this.entries.push(audit);
    },
    load: async (id: string) => this.kept.get(id) ?? null,
    move: async (
      id: string,
      version: number,
      from: Pending['state'],
      to: Pending['state'],
      audit: AuditEntry | null,
    ) => {
      if (!this.#move({ id, version, from, to })) return false;
      if (audit !== null) this.entries.push(audit);
      return true;
    },
  };

  async lease(account: string, extension: string, holder: string, now: number, ttlMs: number) {
    const key = `${account}/${extension}`;
    const held = this.leases.get(key);
    if (held !== undefined && held.until > now) return null;
    const lease = { holder, until: now + ttlMs, fence: (held?.fence ?? 0) + 1 };
    this.leases.set(key, lease);
    return {
      fence: lease.fence,
      until: lease.until,
      release: async () => {
        if (this.leases.get(key) === lease) this.leases.set(key, { ...lease, until: 0 });
      },
    };
  }

  intents = {
    record: async (intent: Omit<StoredIntent, 'outcome'>, audit: AuditEntry) => {
      if (!this.#record(intent)) throw new Fault('store-conflict', 'This was recorded already.');
      this.entries.push(audit);
    },
    settle: async (id: string, outcome: NonNullable<StoredIntent['outcome']>, audit: AuditEntry) => {
      if (!this.#settle(id, outcome)) return false;
      this.entries.push(audit);
      return true;
    },
    unsettled: async () =>
      [...this.recorded.values()]
        .filter(isOpen)
        .sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)),
    find: async ({ limit, reference, extension, asker, pendingId, undoes, inEffect }: IntentQuery) =>
      [...this.recorded.values()]
        .filter((intent) => reference === undefined || intent.reference === reference)
        .filter((intent) => extension === undefined || intent.extension === extension)
        .filter((intent) => asker === undefined || intent.asker === asker)
        .filter((intent) => pendingId === undefined || intent.pendingId === pendingId)
        .filter((intent) => undoes === undefined || intent.undoes === undoes)
        .filter(({ outcome }) => !inEffect || outcome?.kind === 'changed' || outcome?.kind === 'differs')
        .sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1))
        .slice(0, Math.max(0, limit)),
  };

  threads = {
    load: async (thread: string, owner: string) => {
      const kept = this.#threads.get(`${thread}/${owner}`);
      return kept !== undefined && kept.expiresAt > this.#clock.now() ? kept.body : null;
    },
    save: async (thread: string, owner: string, body: string, expiresAt: number) => {
      this.#threads.set(`${thread}/${owner}`, { body, expiresAt });
    },
  };

  audit = {
    append: async (entry: AuditEntry) => {
      this.entries.push(entry);
    },
    list: async (query: AuditQuery) => listed(this.entries, query),
    chain: (fromSeq = 1) => pagesOf(chained(this.entries).slice(fromSeq - 1)),
    firstSince: async (at: number) => {
      const index = this.entries.findIndex((entry) => entry.at >= at);
      return index === -1 ? null : index + 1;
    },
    head: async () => {
      const last = chained(this.entries).at(-1);
      return last === undefined ? null : { seq: last.seq, hash: last.hash };
    },
  };

  seen = {
    append: async (entry: AuditEntry) => {
      this.looks.push(entry);
    },
    list: async (query: AuditQuery) => listed(this.looks, query),
    purge: async (before: number) => {
      const kept = this.looks.filter((entry) => entry.at >= before);
      const gone = this.looks.length - kept.length;
      this.looks.splice(0, this.looks.length, ...kept);
      return gone;
    },
  };

  async close(): Promise<void> {}
}

function isOpen({ outcome }: StoredIntent): boolean {
  return outcome === null || outcome.kind === 'unsettled';
}

function takeBack(maps: readonly Map<string, unknown>[], before: readonly (readonly [string, unknown][])[]): void {
  for (const [index, map] of maps.entries()) {
    map.clear();
    for (const [key, value] of before[index] ?? []) map.set(key, value);
  }
}

async function* pagesOf<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  if (all.length > 0) yield all;
}
