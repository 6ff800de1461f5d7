import type { Conversation } from '#src/conversation/index.ts';
import type { Reader } from '#src/conversation/reader.ts';
import type { Turn } from '#src/domain/reply.ts';
import type { Store } from '#src/usecases/ports.ts';

/** What a process reads and writes; replaced in tests. */
export type Io = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  out(text: string): void;
  err(text: string): void;
  /** Writes much, as it is, no faster than it is read. */
  pour(text: string): Promise<void>;
};

/** The assistant opened for one command, without any chat. */
export type Assistant = {
  readonly conversation: Conversation;
  /** IANA zone in which times are said. */
  readonly zone: string;
  /**
   * Who ends what this command gives for a time: a service that runs now, one that is still to be started, or nobody,
   * because everything ends with the command. `some-service` where it cannot be seen whether one runs.
   */
  timeKeeper(): 'service' | 'some-service' | 'no-service' | 'ends-with-command';
  /** Whether RingCentral is a loopback host: only there may a question be asked in another's name. */
  readonly loopback: boolean;
  /** Waits for what a turn has started and left to the background, and gives the turn as it is when that is over. */
  finished(turn: Turn): Promise<Turn>;
  close(): Promise<void>;
};

/** Only the names and the language, for `parse`. */
export type Parser = {
  readonly reader: Reader;
  /** Extension number of the owner of the token, who is the asker when none is named. */
  readonly owner: string;
  close(): Promise<void>;
};

/** The trails of an installation, beside a running service or without. */
export type Trail = Pick<Store, 'audit' | 'seen'> & {
  /** Where they lie, for people. */
  readonly where: string;
  close(): Promise<void>;
};

/** A running service. */
export type Service = {
  /** Lines for the person who started it. */
  readonly greeting: readonly string[];
  /** Resolves when it has stopped by itself, with a fault or without. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
};

export type SandboxOptions = {
  readonly people?: number;
  readonly seed?: number;
  readonly ringcentralPort?: number;
  readonly slackPort?: number;
  readonly carrierxPort?: number;
};

/** The stand-ins running alone. */
export type RunningSandbox = { readonly description: unknown; close(): Promise<void> };

/** Where a person is told something that is not part of the answer, such as why it takes long. */
export type Notes = { readonly note?: (text: string) => void };

/** What `main` wires for the commands; each call opens its own and the caller closes it. */
export type Composition = {
  openAssistant(env: Io['env'], options: { readonly thread: boolean } & Notes): Promise<Assistant>;
  openParser(env: Io['env'], options: Notes): Promise<Parser>;
  /** Never makes a store: where there is none, it says so. */
  openTrail(env: Io['env']): Promise<Trail>;
  /** Writes a copy of the store into a new file. */
  backUp(env: Io['env'], file: string): Promise<void>;
  startService(env: Io['env'], options: { readonly people?: number; readonly rateLimits?: boolean }): Promise<Service>;
  startSandbox(options: SandboxOptions): Promise<RunningSandbox>;
};
