import type { Io, Trail } from '#handlers/terminal/composition.ts';
import { openStore } from '../adapters/store/open-store.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { systemClock } from './system.ts';

/**
 * Opens the trails of the installation that the environment names.
 *
 * @throws {Fault} `config-invalid` where there is no store, or for settings that cannot be used
 */
export async function openTrail(env: Io['env']): Promise<Trail> {
  const { databaseUrl, dataDir, logLevel } = readConfig(env, 'other');
  const log = createLog(logLevel, process.stderr);
  if (databaseUrl !== null) log.protect(decodeURIComponent(new URL(databaseUrl).password));
  const store = await openStore({
    databaseUrl,
    directory: dataDir,
    mustExist: true,
    encryptionKey: null,
    exclusive: false,
    clock: systemClock,
    log,
  });
  return { audit: store.audit, seen: store.seen, where: store.place, close: () => store.close() };
}
