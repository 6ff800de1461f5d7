import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of ours in a process of its own. */
export class Running {
  readonly #child: ChildProcess;
  readonly #firstLine: Promise<string>;
  readonly #ended: Promise<unknown>;
  #err = '';
  #out = '';

  /** @param env - the whole environment of the process */
  constructor(script: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, [script, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#ended = once(this.#child, 'close');
    const lines = createInterface({ input: this.#child.stdout as NonNullable<ChildProcess['stdout']> });
    lines.on('line', (line) => {
      this.#out += `${line}\n`;
    });
    this.#firstLine = Promise.race([
      once(lines, 'line').then(([line]) => String(line)),
      this.#ended.then(() => Promise.reject(new Error(`it ended without a line: ${this.#err}`))),
    ]);
    this.#firstLine.catch(() => undefined);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#err += text;
    });
  }

  firstLine(): Promise<string> {
    return this.#firstLine;
  }

  /** What it logged. */
  get errors(): string {
    return this.#err;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Asks it to stop. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }

  /** Waits for its own end. */
  async outcome(): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
    this.#child.stdin?.end();
    await this.#ended;
    return { code: this.#child.exitCode, out: this.#out, err: this.#err };
  }
}
