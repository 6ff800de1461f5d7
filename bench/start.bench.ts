import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ms, percentile } from './support.ts';

const RUNS = 5;
const entry = new URL('../bin/rolecall.mjs', import.meta.url).pathname;

/** Peak resident memory in megabytes, as the kernel counts it. */
function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Starts a program and waits for a line of its output; then measures it and ends it. */
async function once(args: string[], ready: RegExp): Promise<{ readyMs: number; rssMb: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (chunk) => {
      seen += chunk;
      if (ready.test(seen)) resolve();
    });
    child.once('exit', () => reject(new Error(`ended before it was ready: ${seen}`)));
  });
  const readyMs = performance.now() - begun;
  const rssMb = residentMb(child);
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { readyMs, rssMb };
}

/** A process that only loads Bolt: what any Slack app of this kind pays. */
const BARE = `import '@slack/bolt'; console.log('ready'); setInterval(() => {}, 1000);`;

/** Start to ready with the sandbox and 1,000 people, beside a process that only loads Bolt. */
export async function run() {
  const ours: { readyMs: number; rssMb: number }[] = [];
  const bare: { readyMs: number; rssMb: number }[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    ours.push(await once(['--max-semi-space-size=1', entry, 'start', '--people', '1000'], /http:\/\/127\.0\.0\.1:\d+/));
    bare.push(await once(['--input-type=module', '-e', BARE], /ready/));
  }
  const median = (of: typeof ours, key: 'readyMs' | 'rssMb') =>
    percentile(
      of.map((each) => each[key]),
      0.5,
    );
  return {
    name: `start to ready, 1,000 people, median of ${RUNS}`,
    rows: [
      {
        metric: 'ready after',
        value: ms(median(ours, 'readyMs')),
        target: '< 1500 ms',
        baseline: ms(median(bare, 'readyMs')),
      },
      {
        metric: 'resident memory',
        value: `${median(ours, 'rssMb').toFixed(0)} MB`,
        target: '< 150 MB',
        baseline: `${median(bare, 'rssMb').toFixed(0)} MB`,
      },
    ],
  };
}
