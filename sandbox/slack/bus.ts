/** What somebody watching the sandbox is told: which part changed, so that they fetch it again. */
type Notice =
  | {
      readonly type: 'message';
      readonly change: 'posted' | 'changed' | 'deleted';
      readonly channel: string;
      readonly ts: string;
      readonly user: string | null;
    }
  | { readonly type: 'home'; readonly user: string }
  | { readonly type: 'view'; readonly user: string }
  | { readonly type: 'assistant'; readonly channel: string }
  | { readonly type: 'member'; readonly user: string }
  | { readonly type: 'delivery'; readonly id: string; readonly kind: string; readonly acked: boolean }
  | { readonly type: 'call'; readonly seq: number; readonly method: string; readonly ok: boolean }
  | { readonly type: 'connection'; readonly open: number }
  | { readonly type: 'reset' };

/** Tells watchers about changes. */
export type Bus = { tell(notice: Notice): void; watch(watcher: (notice: Notice) => void): () => void };

/** Makes a bus without watchers. */
export function makeBus(): Bus {
  const watchers = new Set<(notice: Notice) => void>();
  return {
    tell(notice) {
      for (const watcher of watchers) watcher(notice);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
