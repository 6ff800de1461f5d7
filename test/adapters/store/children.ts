import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

/** A process that does one task of `child.ts`, and the lines that it says. */
export type Child = { process: ChildProcess; lines: string[]; ended: Promise<unknown>; first: Promise<unknown> };

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts a process on a store; it is killed after the test at the latest. */
export function child(task: string, directory: string, name = '', env: NodeJS.ProcessEnv = process.env): Child {
  const started = spawn(
    process.execPath,
    [fileURLToPath(new URL('./child.ts', import.meta.url)), task, directory, name],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env,
    },
  );
  children.push(started);
  const lines: string[] = [];
  const reader = createInterface(started.stdout);
  reader.on('line', (line) => lines.push(line));
  // Input that ends after the process has died is of no interest.
  started.stdin.on('error', () => {});
  return {
    process: started,
    lines,
    first: once(reader, 'line'),
    ended: Promise.all([once(started, 'exit'), once(reader, 'close')]),
  };
}
