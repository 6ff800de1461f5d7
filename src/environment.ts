import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import type { Environment } from './config.ts';
import { Fault } from './domain/faults.ts';

/**
 * The environment of the process, completed from `.env` in `directory`. What the process was started with wins.
 *
 * @throws {Fault} `config-invalid` when there is a file that cannot be read
 */
export function loadEnvironment(directory: string, env: Environment): Environment {
  const file = join(directory, '.env');
  try {
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    return { ...parse(text), ...env };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return env;
    throw new Fault(
      'config-invalid',
      `The file ${file} cannot be read (${code}). Nothing was started. Make it readable, or move it away.`,
      {},
      { cause: error },
    );
  }
}
