import type { Understanding } from '../domain/understanding.ts';

/** The canonical sentence of a command: reading it gives the same command. Null for what has no such sentence. */
export function render(command: Understanding): string | null {
  return command.intent === null ? null : command.text;
}
