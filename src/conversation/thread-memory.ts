import type { ExtensionId } from '../domain/ids.ts';
import type { Understanding } from '../domain/understanding.ts';
import type { Clock, Store } from '../usecases/ports.ts';

/** A working day: the next morning "and Meetings?" is no follow-up any more. */
const REMEMBERED_FOR_MS = 8 * 3_600_000;

/** What each thread was last about, for one asker: another person in the same thread does not inherit it. */
export type ThreadMemory = {
  recall(thread: string, owner: ExtensionId): Promise<Understanding | null>;
  keep(thread: string, owner: ExtensionId, understanding: Understanding): Promise<void>;
};

/** What somebody pasted may hold tokens and personal data: of an error only its code and permission are remembered. */
function withoutPaste(understanding: Understanding): Understanding {
  if (understanding.intent !== 'explain-error') return understanding;
  const { code = null, permission = null } = understanding.error ?? {};
  const text = [code, permission === null ? null : `[${permission}]`].filter((word) => word !== null).join(' ');
  return { ...understanding, text, readings: [], suggestions: [] };
}

/** Keeps thread memory in the store. */
export function createThreadMemory(store: Store, clock: Clock): ThreadMemory {
  return {
    async recall(thread, owner) {
      const kept = await store.threads.load(thread, owner);
      return kept === null ? null : (JSON.parse(kept) as Understanding);
    },
    async keep(thread, owner, understanding) {
      const lasting = understanding.outcome === 'understood' || understanding.outcome === 'ask-back';
      if (!lasting || understanding.intent === null || understanding.intent === 'help') return;
      await store.threads.save(
        thread,
        owner,
        JSON.stringify(withoutPaste(understanding)),
        clock.now() + REMEMBERED_FOR_MS,
      );
    },
  };
}
