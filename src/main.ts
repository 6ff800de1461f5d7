import { runCommand } from '#handlers/terminal/cli.ts';
import type { Composition } from '#handlers/terminal/composition.ts';
import { loadEnvironment } from './environment.ts';

/**
 * Everything wired to everything: the only place, with `wiring/` beside it, that knows all parts. Each command loads
 * its own only: a question from the terminal needs no chat.
 */
export const composition: Composition = {
  openAssistant: async (...args) => (await import('./wiring/assistant.ts')).openAssistant(...args),
  openParser: async (...args) => (await import('./wiring/assistant.ts')).openParser(...args),
  openTrail: async (...args) => (await import('./wiring/trail.ts')).openTrail(...args),
  backUp: async (...args) => (await import('./wiring/backup.ts')).backUp(...args),
  startService: async (...args) => (await import('./wiring/service.ts')).startService(...args),
  startSandbox: async (...args) => (await import('./wiring/sandbox.ts')).describeSandbox(...args),
};

/** Runs one command of the terminal with the process's own environment and streams; gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  keepQuietWhenNobodyReads();
  const io = {
    env: process.env,
    stdin: process.stdin,
    out: (text: string) => process.stdout.write(`${text}\n`),
    err: (text: string) => process.stderr.write(`${text}\n`),
    pour,
  };
  try {
    return await runCommand(argv, { ...io, env: loadEnvironment(process.cwd(), process.env) }, composition);
  } catch (error) {
    io.err(error instanceof Error ? error.message : 'Rolecall could not start.');
    return 1;
  }
}

/** Waits where the reader is slower; one that has gone takes everything. */
async function pour(text: string): Promise<void> {
  const { stdout } = process;
  if (stdout.write(text) || stdout.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      stdout.off('drain', go).off('close', go).off('error', go);
      resolve();
    };
    stdout.on('drain', go).on('close', go).on('error', go);
  });
}

/**
 * A reader that has seen enough, as in `| head -1`, closes the pipe. That is no failure of ours, and what is under way
 * must still be finished and recorded.
 */
function keepQuietWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
