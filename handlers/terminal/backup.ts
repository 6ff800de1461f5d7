import { readArguments, Usage } from './arguments.ts';
import type { Composition, Io } from './composition.ts';

const USAGE = 'rolecall backup FILE';

/** Writes a copy of the store into one new file, beside a running service or without. */
export async function backup(args: readonly string[], io: Io, compose: Composition): Promise<number> {
  const { positionals } = readArguments(args, {}, USAGE);
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new Usage(`Name one file for the copy.\nUsage: ${USAGE}`);
  await compose.backUp(io.env, file);
  io.out(`The store was copied to ${file}. Keep ROLECALL_ENCRYPTION_KEY elsewhere: the sign-ins in it need it.`);
  return 0;
}
