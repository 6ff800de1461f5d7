/** One request as the control API tells it: never a token, never a secret. */
export type CallRecord = {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number | null;
  readonly group: string | null;
  readonly remaining: number | null;
  /** Short number of the person whose token it was. */
  readonly extension: string | null;
  readonly clientId: string | null;
  readonly operationId: string | null;
  readonly errorCode: string | null;
  readonly fault?: string;
  readonly requestBody?: unknown;
};

export type CallLog = {
  add(call: Omit<CallRecord, 'seq'>): CallRecord;
  since(seq: number): readonly CallRecord[];
  clear(): void;
};

const KEPT = 5000;
const SECRET_PARAMETERS = ['access_token', 'token', 'code', 'code_verifier', 'refresh_token', 'client_secret'];

/** Remembers the latest requests. Sequence numbers go on after a clear. */
export function createCallLog(): CallLog {
  const calls: CallRecord[] = [];
  let seq = 0;
  return {
    add(call) {
      seq += 1;
      const record = { seq, ...call };
      calls.push(record);
      if (calls.length > KEPT) calls.splice(0, calls.length - KEPT);
      return record;
    },
    since: (from) => calls.filter((call) => call.seq > from),
    clear() {
      calls.length = 0;
    },
  };
}

/** The query as it may be shown: secrets replaced by `***`. */
export function shownQuery(query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  for (const name of SECRET_PARAMETERS) if (shown.has(name)) shown.set(name, '***');
  return shown.toString();
}
