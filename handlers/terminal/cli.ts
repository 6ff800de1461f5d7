import { isFault } from '#src/domain/faults.ts';
import { Usage } from './arguments.ts';
import { ask } from './ask.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import type { Composition, Io } from './composition.ts';
import { explain } from './explain.ts';
import { parse } from './parse.ts';
import { sandbox } from './sandbox.ts';
import { start } from './start.ts';
import { troubleWords } from './trouble.ts';

type Command = (args: readonly string[], io: Io, compose: Composition) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = { start, ask, parse, audit, backup, explain, sandbox };

const HELP = `Rolecall answers and changes who may do what in RingCentral.

  rolecall start [--people N]        the assistant; without credentials, against the built-in sandbox
  rolecall ask "<words>" [--as EXT] [--thread NAME] [--file CSV] [--out FILE] [--json] [--yes]
                                     one question or change from the terminal; --file hands over a CSV, --out
                                     takes the file of an answer
  rolecall parse [--json] [--as EXT] [--now ISO] "<words>"   what the words mean
  rolecall parse --lines             the same for each line of standard input
  rolecall audit verify [--anchor SEQ:HASH]... [--file EXPORT.jsonl]
                                     whether the audit trail, or an export of it, is whole
  rolecall audit export [--format jsonl|csv] [--since DATE] [--seen]
                                     the audit trail, or who saw what, written out
  rolecall audit head                the end of the audit trail, as an anchor to keep elsewhere
  rolecall backup FILE               a copy of the store in one new file, beside a running service or without
  rolecall explain [--json] ["<error>"]   whose problem an error of RingCentral is, from standard input or words
  rolecall sandbox [--people N] [--seed S] [--ringcentral-port P] [--slack-port P] [--carrierx-port P]
                                     only the stand-ins, for any client`;

/** What a system error means in words, for the ones that people can mend. */
function systemError(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const port = 'port' in error ? ` ${String(error.port)}` : '';
  if (error.code === 'EADDRINUSE') {
    return `Port${port} is taken by another program. Nothing was started. Stop that program or choose another port (PORT=3001 npm start).`;
  }
  if (error.code === 'EACCES' && 'port' in error) {
    return `Port${port} may not be opened by this user. Nothing was started. Choose one above 1023.`;
  }
  return null;
}

/** Turns whatever stopped a command into one plain sentence and an exit code. */
function failure(error: unknown, io: Io): number {
  if (error instanceof Usage) io.err(error.message);
  else if (isFault(error)) io.err(troubleWords(error));
  else {
    const words = systemError(error);
    io.err(
      words ?? `Rolecall stopped because of a defect in itself: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    if (!words && io.env.LOG_LEVEL === 'debug' && error instanceof Error) io.err(error.stack ?? '');
  }
  return 1;
}

/**
 * Runs one command of the terminal and gives its exit code.
 *
 * Every failure ends as one sentence on the error stream and 1; a stack trace only with LOG_LEVEL=debug.
 */
export async function runCommand(argv: readonly string[], io: Io, compose: Composition): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(HELP);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.err(`There is no command "${name.slice(0, 40)}".\n\n${HELP}`);
    return 1;
  }
  try {
    return await command(args, io, compose);
  } catch (error) {
    return failure(error, io);
  }
}
