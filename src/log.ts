import { createRedactor } from './redaction.ts';
import type { Clock, Log } from './usecases/ports.ts';

/** From the most talkative to the quietest. */
const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

type Level = (typeof LEVELS)[number];

/** Where lines go; `process.stderr` is one. On a terminal they are written for people, elsewhere as JSON. */
export type LogSink = { write(line: string): unknown; readonly isTTY?: boolean };

/** A log that can be told which values must never be written. */
export type ProtectingLog = Log & {
  /** Hides this value from now on, wherever it turns up. Values of fewer than six signs are no secrets. */
  protect(secret: string): void;
};

const SYSTEM_CLOCK: Clock = { now: () => Date.now() };

/**
 * Makes the log: one line for each entry at or above `level`, without bodies and without secrets.
 *
 * It never throws: a log that fails must not stop what it tells about.
 */
export function createLog(level: Level, sink: LogSink, clock: Clock = SYSTEM_CLOCK): ProtectingLog {
  const redactor = createRedactor();
  const least = LEVELS.indexOf(level);

  function write(entryLevel: Level, message: string, data: Record<string, unknown> = {}): void {
    if (LEVELS.indexOf(entryLevel) < least) return;
    try {
      const at = new Date(clock.now()).toISOString();
      const safe = redactor.value(data) as Record<string, unknown>;
      const line = sink.isTTY ? forPeople : forMachines;
      sink.write(`${line(at, entryLevel, redactor.text(message), safe)}\n`);
    } catch {
      // Nowhere left to tell it.
    }
  }

  return {
    debug: (message, data) => write('debug', message, data),
    info: (message, data) => write('info', message, data),
    warn: (message, data) => write('warn', message, data),
    error: (message, data) => write('error', message, data),
    protect: redactor.protect,
  };
}

/** Data cannot pass itself off as another level or time: where a name is taken, the entry's own field stands. */
function forMachines(at: string, level: Level, message: string, data: Record<string, unknown>): string {
  const own = { at, level, message };
  return JSON.stringify(Object.assign({ ...own }, data, own));
}

function forPeople(at: string, level: Level, message: string, data: Record<string, unknown>): string {
  const facts = Object.entries(data).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return printable([at.slice(11, 19), level.padEnd(5), message, ...facts].join(' '));
}

/** Control characters from outside could rewrite what the terminal shows. */
function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}
