import { once } from 'node:events';
import { readArguments, Usage, wholeNumber } from './arguments.ts';
import type { Composition, Io } from './composition.ts';

const USAGE = 'rolecall sandbox [--people N] [--seed S] [--ringcentral-port P] [--slack-port P] [--carrierx-port P]';
const PORT = { min: 1, max: 65_535 };

/** Resolves at the first polite request to stop; a second one of the same kind ends the process at once. */
export async function askedToStop(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

/** Runs only the stand-ins, for any client; the first line printed is JSON with their addresses and credentials. */
export async function sandbox(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      people: { type: 'string' },
      seed: { type: 'string' },
      'ringcentral-port': { type: 'string' },
      'slack-port': { type: 'string' },
      'carrierx-port': { type: 'string' },
    },
    USAGE,
  );
  if (positionals.length > 0) throw new Usage(`The sandbox takes no words.\nUsage: ${USAGE}`);
  // Listening before anything is printed: who reads the line may ask to stop at once.
  const stopped = askedToStop();
  const running = await compose.startSandbox({
    ...optional('people', wholeNumber(values.people, 'people', { min: 1, max: 100_000 })),
    ...optional('seed', wholeNumber(values.seed, 'seed', { min: 0, max: 2 ** 31 - 1 })),
    ...optional('ringcentralPort', wholeNumber(values['ringcentral-port'], 'ringcentral-port', PORT)),
    ...optional('slackPort', wholeNumber(values['slack-port'], 'slack-port', PORT)),
    ...optional('carrierxPort', wholeNumber(values['carrierx-port'], 'carrierx-port', PORT)),
  });
  io.out(JSON.stringify(running.description));
  await stopped;
  await running.close();
  return 0;
}

/** An object with the key only when there is a value. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
