import type { Clock, Log } from '#src/usecases/ports.ts';

/** How a store is opened. */
export type StoreOptions = {
  /** PostgreSQL instead of a file; the folder is then not touched. */
  readonly databaseUrl?: string | null;
  /** Data folder, made when missing; null for a fresh temporary one that close removes. */
  readonly directory: string | null;
  /** True for commands that only look: a store that is not there is then refused instead of made. */
  readonly mustExist?: boolean;
  /** 32 bytes. Null for commands that need no stored sign-in: touching one is then a fault. */
  readonly encryptionKey: Uint8Array | null;
  /** True for the service: a second one on a file is refused. Short commands open the file beside it with false. */
  readonly exclusive: boolean;
  readonly clock: Clock;
  /** How long a server that is away is waited for before the asker is told; ten seconds by default. */
  readonly patienceMs?: number;
  /** False in tests that set the clock by hand: a server's own clock then judges nothing. */
  readonly serverTime?: boolean;
  readonly log?: Log;
};
