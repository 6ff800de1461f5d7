import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';

/** One figure beside its target and, where there is one, the baseline measured in the same run. */
export type Row = {
  readonly metric: string;
  readonly value: string;
  readonly target: string;
  readonly baseline?: string;
};

/** What a bench file exports as `run`. */
export type Bench = () => Promise<{ readonly name: string; readonly rows: readonly Row[] }>;

function print(name: string, rows: readonly Row[]): void {
  console.log(`\n${name}`);
  console.table(
    rows.map(({ metric, value, target, baseline }) => ({ metric, value, target, baseline: baseline ?? '' })),
  );
}

async function runAll(wanted: readonly string[]): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`);
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.bench.ts'));
  for (const file of files.sort()) {
    if (wanted.length > 0 && !wanted.some((word) => file.startsWith(word))) continue;
    const { run } = (await import(`./${file}`)) as { run: Bench };
    const { name, rows } = await run();
    print(name, rows);
  }
}

await runAll(process.argv.slice(2));
