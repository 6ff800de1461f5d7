import type { IdentityLink } from '#src/domain/actor.ts';
import { Fault } from '#src/domain/faults.ts';
import type { AuditEntry, Pending, Store, StoredIntent, StoredToken } from '#src/usecases/ports.ts';

/** The store in memory, with the same promises: compare-and-set, leases that run out, record before call. */
export class FakeStore implements Store {
  readonly entries: AuditEntry[] = [];
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

  pending = {
    save: async (pending: Pending, audit: AuditEntry | null) => {
      this.kept.set(pending.id, pending);
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
      const pending = this.kept.get(id);
      if (pending === undefined || pending.version !== version || pending.state !== from) return false;
      this.kept.set(id, { ...pending, state: to });
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
      this.recorded.set(intent.id, { ...intent, outcome: null });
      this.entries.push(audit);
    },
    settle: async (id: string, outcome: NonNullable<StoredIntent['outcome']>, audit: AuditEntry) => {
      if (this.failSettle) throw new Fault('store-unavailable', 'cut off');
      const intent = this.recorded.get(id);
      if (intent === undefined || intent.outcome !== null) return false;
      this.recorded.set(id, { ...intent, outcome });
      this.entries.push(audit);
      return true;
    },
    unsettled: async () => [...this.recorded.values()].filter((intent) => intent.outcome === null),
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
    list: async (limit: number) => this.entries.slice(-limit),
  };

  async close(): Promise<void> {}
}
