/** Why the world failed, as opposed to a person not being allowed. */
export type FaultCode =
  | 'rate-limited'
  | 'directory-forbidden'
  | 'directory-not-found'
  | 'directory-rejected'
  | 'directory-unavailable'
  | 'directory-unreadable'
  | 'directory-sign-in'
  | 'limited-mode'
  /** The names of a large account have not all been read since the start. */
  | 'names-pending'
  | 'partners-unavailable'
  | 'partners-forbidden'
  | 'partners-not-found'
  | 'partners-unreadable'
  | 'store-conflict'
  | 'store-unavailable'
  | 'chat-undeliverable'
  | 'config-invalid'
  | 'aborted'
  /** A mistake of ours, caught at the top so that the asker still hears something. */
  | 'internal';

export type FaultData = {
  /** RingCentral's own code such as `CMN-408`. */
  readonly errorCode?: string;
  readonly status?: number;
  /** Permission or app permission that RingCentral names as missing. */
  readonly missing?: string;
  readonly retryAfterMs?: number;
  /** RingCentral's id of the failed request, safe to show. */
  readonly requestId?: string;
  /** True when the request may have taken effect although no answer was read. */
  readonly effectUnknown?: boolean;
  readonly operation?: string;
  readonly [key: string]: unknown;
};

/**
 * The world failed: expected kinds of trouble with the directory, the store, a chat or the configuration.
 *
 * Adapters translate SDK errors into this once, by code and status, never by message text. The message is written
 * by us and never holds a secret or a body.
 */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly data: FaultData;

  constructor(code: FaultCode, message: string, data: FaultData = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.code = code;
    this.data = data;
  }
}

/** Narrows an unknown thrown value. */
export function isFault(error: unknown, code?: FaultCode): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code);
}

/** Marks a place that types say cannot be reached; reaching it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
