import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../usecases/ports.ts';

const SECRETS =
  /\b(?:xox[a-z]|xapp|xwfp)-[\w-]+|https?:\/\/[^\s"']*(?:hooks|ticket=|response)[^\s"']*|wss?:\/\/[^\s"']+/giu;

/** Takes tokens and addresses that grant something out of a text of the SDK. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '[removed]').slice(0, 500);
}

/**
 * The SDK's logger, written to ours.
 *
 * Its debug lines hold whole payloads with response addresses and trigger ids, so they are dropped and the level never
 * says debug. Of errors only the message is kept.
 */
export function sdkLogger(log: Log): Logger {
  const words = (parts: readonly unknown[]): string =>
    withoutSecrets(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug(`slack sdk: ${words(parts)}`),
    warn: (...parts: unknown[]) => log.warn(`slack sdk: ${words(parts)}`),
    error: (...parts: unknown[]) => log.error(`slack sdk: ${words(parts)}`),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
