import { runCommand } from '#handlers/terminal/cli.ts';
import { composition } from '#src/main.ts';
import { steady } from './visible.ts';

/** What a command printed, and its exit code. */
export type Answered = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one command in this process with nothing of its environment; an ask without one has a sandbox of its own. */
export async function terminal(
  args: readonly string[],
  { env = {}, input = [] }: { readonly env?: Record<string, string>; readonly input?: readonly string[] } = {},
): Promise<Answered> {
  const printed = { out: '', err: '' };
  async function* stdin() {
    for (const piece of input) yield piece;
  }
  const io = {
    env,
    stdin: stdin(),
    out(text: string) {
      printed.out += `${text}\n`;
    },
    err(text: string) {
      printed.err += `${text}\n`;
    },
    async pour(text: string) {
      printed.out += text;
    },
  };
  return { code: await runCommand(args, io, composition), ...printed };
}

/** A story told in a terminal: commands, everything that they print, and how they end. */
export class TerminalStory {
  readonly #lines: string[] = [];

  text(): string {
    return `${this.#lines.join('\n').trim()}\n`;
  }

  note(text: string): void {
    this.#lines.push('', `# ${text}`);
  }

  async run(args: readonly string[], env: Record<string, string> = {}): Promise<Answered> {
    this.#lines.push('', `$ rolecall ${args.map(quoted).join(' ')}`);
    return this.#tell(await terminal(args, { env }));
  }

  /** The same with something piped into it. */
  async pipe(args: readonly string[], piped: string): Promise<Answered> {
    this.#lines.push('', `$ echo ${quoted(piped.replaceAll('\n', ' '))} | rolecall ${args.map(quoted).join(' ')}`);
    return this.#tell(await terminal(args, { input: [piped] }));
  }

  #tell(answered: Answered): Answered {
    for (const line of answered.out.trimEnd().split('\n'))
      if (answered.out !== '') this.#lines.push(`  ${steady(line)}`.trimEnd());
    for (const line of answered.err.trimEnd().split('\n')) if (line !== '') this.#lines.push(`  ! ${steady(line)}`);
    this.#lines.push(`  (exit ${answered.code})`);
    return answered;
  }
}

function quoted(word: string): string {
  return /^[\w-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
