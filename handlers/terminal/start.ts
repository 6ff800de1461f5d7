import { readArguments, Usage, wholeNumber } from './arguments.ts';
import type { Composition, Io } from './composition.ts';
import { askedToStop, optional } from './sandbox.ts';

const USAGE = 'rolecall start [--people N]';

/** Runs the assistant until it is asked to stop; work that has begun is finished first. */
export async function start(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { values, positionals } = readArguments(args, { people: { type: 'string' } }, USAGE);
  if (positionals.length > 0) throw new Usage(`start takes no words.\nUsage: ${USAGE}`);
  const people = wholeNumber(values.people, 'people', { min: 1, max: 100_000 });
  // Listening before there is anything to stop: a start that is given up tidies up like any other.
  const stopped = askedToStop().then(() => 'asked' as const);
  const service = await compose.startService(io.env, optional('people', people));
  for (const line of service.greeting) io.out(line);
  const reason = await Promise.race([stopped, service.ended]);
  await service.stop();
  return reason === 'asked' ? 0 : 1;
}
