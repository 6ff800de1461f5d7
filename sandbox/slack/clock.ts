/** Time as the sandbox sees it: the machine's clock plus what a test has moved it forward by. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves time forward; everything that falls due runs at once, in order of its due time. */
  advance(ms: number): void;
  /** Runs `task` after `ms` of sandbox time; returns what cancels it. */
  after(ms: number, task: () => void): () => void;
  /** Forgets all waiting tasks. */
  stop(): void;
};

type Waiting = { readonly dueAt: number; readonly task: () => void; handle: NodeJS.Timeout };

/** Makes a clock that runs with real time and can be moved forward, so that nobody waits 30 minutes for an expiry. */
export function makeClock(): Clock {
  let offsetMs = 0;
  const waiting = new Set<Waiting>();
  const now = () => Date.now() + offsetMs;

  function arm(entry: Waiting): void {
    entry.handle = setTimeout(() => fire(entry), Math.max(0, entry.dueAt - now()));
    entry.handle.unref();
  }
  function fire(entry: Waiting): void {
    clearTimeout(entry.handle);
    if (waiting.delete(entry)) entry.task();
  }
  return {
    now,
    advance(ms) {
      offsetMs += ms;
      const due = [...waiting].filter((entry) => entry.dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt);
      for (const entry of due) fire(entry);
      for (const entry of waiting) {
        clearTimeout(entry.handle);
        arm(entry);
      }
    },
    after(ms, task) {
      const entry: Waiting = { dueAt: now() + ms, task, handle: undefined as unknown as NodeJS.Timeout };
      waiting.add(entry);
      arm(entry);
      return () => {
        clearTimeout(entry.handle);
        waiting.delete(entry);
      };
    },
    stop() {
      for (const entry of waiting) clearTimeout(entry.handle);
      waiting.clear();
    },
  };
}
