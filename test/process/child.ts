import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { eventually } from './outside.ts';

const ENTRY = fileURLToPath(new URL('../../bin/rolecall.mjs', import.meta.url));
const NOBODY = 65_534;

type Environment = Readonly<Record<string, string>>;
type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** What a process printed, and how it ended. */
export type Outcome = Ended & { readonly out: string; readonly err: string };

export type Launch = {
  /** The whole environment but for the folder of temporary files. */
  readonly env?: Environment;
  readonly input?: string;
  readonly cwd?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
  /** Gives up root's power to write anywhere, where the tests have it. */
  readonly unprivileged?: boolean;
};

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Closes something after the test, whatever became of the test. */
export function afterwards(step: () => Promise<void> | void): void {
  undo.push(step);
}

/** A folder that is gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-process-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A running `rolecall`, in a process and a folder of its own. */
export class Rolecall {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #temporary: string;
  #over = false;
  #out = '';
  #err = '';

  constructor(args: readonly string[], { env = {}, input = '', cwd, node = [], unprivileged = false }: Launch = {}) {
    const folder = freshFolder();
    this.#temporary = freshFolder();
    const asRoot = process.getuid?.() === 0;
    const drop = unprivileged && asRoot;
    if (drop) for (const each of [folder, this.#temporary]) chownSync(each, NOBODY, NOBODY);
    this.#child = spawn(process.execPath, [...node, ENTRY, ...args], {
      cwd: cwd ?? folder,
      env: { TMPDIR: this.#temporary, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(drop ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        this.#over = true;
        resolve({ code, signal });
      });
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#out += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
    this.#child.stdin?.on('error', () => {});
    this.#child.stdin?.end(input);
    afterwards(async () => {
      if (!this.#over) await this.kill();
    });
  }

  /** How it ended and what it printed; waits for the end. */
  async outcome(): Promise<Outcome> {
    const ended = await this.#ended;
    return { ...ended, out: this.#out, err: this.#err };
  }

  /** The first complete line of its output. */
  firstLine(): Promise<string> {
    return eventually('a first line', () => {
      if (this.#out.includes('\n')) return this.#out.slice(0, this.#out.indexOf('\n'));
      if (this.#over) throw new Error(`it ended without a line: ${this.#err}`);
      return null;
    });
  }

  /** Waits until it has opened its store. */
  async untilItUsesTemporaryFiles(): Promise<void> {
    await eventually('temporary files', () => this.leftovers().length > 0);
  }

  /** Asks it politely to stop. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Outcome> {
    this.#child.kill(signal);
    return this.outcome();
  }

  /** Ends it without a chance to tidy up, as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Temporary files that it made and has not removed. */
  leftovers(): readonly string[] {
    return readdirSync(this.#temporary);
  }
}

/** Runs a command to its end. */
export function run(args: readonly string[], launch: Launch = {}): Promise<Outcome> {
  return new Rolecall(args, launch).outcome();
}
