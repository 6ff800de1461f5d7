import type {
  Claim,
  ClaimedDue,
  Due,
  NewDue,
  NewRecord,
  RecordQuery,
  StoreChange,
  StoredRecord,
} from '#src/usecases/ports.ts';

/** Documents in memory. */
export class FakeRecords {
  readonly kept = new Map<string, StoredRecord>();

  load = async (kind: string, id: string) => this.kept.get(`${kind}/${id}`) ?? null;

  find = async (query: RecordQuery): Promise<readonly StoredRecord[]> => {
    const { kind, states, owner, subject, ref, endsBefore, before } = query;
    return [...this.kept.values()]
      .filter((record) => record.kind === kind && (states?.includes(record.state) ?? true))
      .filter((record) => owner === undefined || record.owner === owner)
      .filter((record) => subject === undefined || record.subject === subject)
      .filter((record) => ref === undefined || record.ref === ref)
      .filter(({ endsAt }) => endsBefore === undefined || (endsAt !== null && endsAt < endsBefore))
      .filter((record) => before === undefined || newestFirst(record, before) > 0)
      .sort(newestFirst)
      .slice(0, Math.max(0, query.limit));
  };

  insert(record: NewRecord): boolean {
    const key = `${record.kind}/${record.id}`;
    if (this.kept.has(key)) return false;
    this.kept.set(key, { ...record, version: 1 });
    return true;
  }

  move({ record, to }: Extract<StoreChange, { write: 'record.move' }>): boolean {
    const key = `${record.kind}/${record.id}`;
    const found = this.kept.get(key);
    if (found?.version !== record.version) return false;
    this.kept.set(key, { ...found, ...to, version: found.version + 1 });
    return true;
  }
}

type Dated = Pick<StoredRecord, 'createdAt' | 'id'>;

function newestFirst(one: Dated, other: Dated): number {
  if (one.createdAt !== other.createdAt) return other.createdAt - one.createdAt;
  return one.id < other.id ? 1 : one.id > other.id ? -1 : 0;
}

type Row = Due & { readonly fence: number };
type Held = Pick<ClaimedDue, 'id' | 'fence'>;

const FRESH = { attempts: 0, lastError: null, leaseBy: null, doneAt: null, parkedAt: null };

/** Due rows in memory. */
export class FakeDue {
  readonly rows = new Map<string, Row>();

  claim = async ({ now, limit, holder, ttlMs, kinds }: Claim): Promise<readonly ClaimedDue[]> => {
    const free = this.#waiting(kinds).filter((row) => row.nextAt <= now && row.dueAt <= now);
    return free.slice(0, limit).map((row) => {
      const taken = { ...row, fence: row.fence + 1, attempts: row.attempts + 1, leaseBy: holder, nextAt: now + ttlMs };
      this.rows.set(row.id, taken);
      const { id, kind, ref, dueAt, fence, attempts, lastError } = taken;
      return { id, kind, ref, dueAt, fence, attempts, lastError, leaseUntil: now + ttlMs };
    });
  };

  hold = async (due: ClaimedDue, now: number, ttlMs: number): Promise<ClaimedDue | null> => {
    const row = this.#held(due);
    if (row === null || row.nextAt <= now) return null;
    this.rows.set(row.id, { ...row, nextAt: now + ttlMs });
    return { ...due, leaseUntil: now + ttlMs };
  };

  load = async (id: string): Promise<Due | null> => {
    const row = this.rows.get(id);
    return row === undefined ? null : asDue(row);
  };

  nextAt = async (kinds?: readonly string[]) => this.#waiting(kinds)[0]?.nextAt ?? null;

  parked = async (limit: number): Promise<readonly Due[]> =>
    [...this.rows.values()]
      .filter((row) => row.parkedAt !== null)
      .sort((one, other) => (one.parkedAt ?? 0) - (other.parkedAt ?? 0))
      .slice(0, limit)
      .map(asDue);

  put(due: NewDue): void {
    const fence = this.rows.has(due.id) ? (this.rows.get(due.id)?.fence ?? 0) + 1 : 0;
    this.rows.set(due.id, { ...due, ...FRESH, nextAt: due.dueAt, fence });
  }

  add(due: NewDue): void {
    if (!this.rows.has(due.id)) this.put(due);
  }

  cancel(id: string, now: number): void {
    const row = this.rows.get(id);
    if (row === undefined || row.doneAt !== null) return;
    this.rows.set(id, { ...row, doneAt: now, leaseBy: null, parkedAt: null, fence: row.fence + 1 });
  }

  settle(due: Held, now: number): boolean {
    return this.#giveUp(due, { doneAt: now });
  }

  fail(due: Held, retryAt: number, error: string): boolean {
    return this.#giveUp(due, { nextAt: retryAt, lastError: error });
  }

  park(due: Held, now: number, error: string): boolean {
    return this.#giveUp(due, { parkedAt: now, lastError: error });
  }

  #giveUp(due: Held, to: Partial<Row>): boolean {
    const row = this.#held(due);
    if (row === null) return false;
    this.rows.set(row.id, { ...row, ...to, leaseBy: null });
    return true;
  }

  #held({ id, fence }: Held): Row | null {
    const row = this.rows.get(id);
    const held = row !== undefined && row.fence === fence && row.leaseBy !== null;
    return held && row.doneAt === null && row.parkedAt === null ? row : null;
  }

  #waiting(kinds?: readonly string[]): readonly Row[] {
    return [...this.rows.values()]
      .filter((row) => row.doneAt === null && row.parkedAt === null && (kinds?.includes(row.kind) ?? true))
      .sort((one, other) => one.nextAt - other.nextAt);
  }
}

function asDue({ fence: _fence, ...due }: Row): Due {
  return due;
}
