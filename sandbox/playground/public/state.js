/**
 * Everything the page shows.
 *
 * @typedef {{ id: string, name: string, kind: string, ext: string | null }} Person
 * @typedef {{ kind: 'channel' | 'dm' | 'home', id: string, name: string }} Place
 * @typedef {{ key: string, at: number, text: string, delivery: Delivery }} OwnCommand  a slash command this page sent
 * @typedef {{ state: 'sending' | 'acked' | 'failed', ms: number | null, error: string | null, shown: string | null }} Delivery
 */

/** @returns {any} */
export function initialState() {
  return {
    company: '',
    workspace: { team: null, app: null, botUserId: null, members: [], channels: [], commands: [] },
    /** Extension number to what the account says about that person. */
    hints: new Map(),
    me: null,
    place: null,
    /** Null until they were read for the present person and place. */
    messages: null,
    /** `person place` to the commands typed there; Slack itself keeps none. */
    commands: new Map(),
    /** Message or view id to the delivery of the last act on it. */
    deliveries: new Map(),
    unread: new Set(),
    thread: null,
    /** The file that goes with the next message. */
    attached: null,
    home: null,
    views: [],
    account: { people: [], roles: [], found: 0, total: 0, version: null, accountId: null },
    accountQuery: '',
    accountLimit: 40,
    changes: [],
    calls: [],
    problem: null,
  };
}

/**
 * Holds the state and tells who listens which parts changed.
 *
 * @param {any} state
 */
export function createStore(state) {
  const listeners = [];
  return {
    state,
    /** @param {Record<string, any>} patch */
    set(patch) {
      Object.assign(state, patch);
      const changed = new Set(Object.keys(patch));
      for (const { keys, listen } of listeners) if (keys.some((key) => changed.has(key))) listen(state);
    },
    /** @param {string[]} keys @param {(state: any) => void} listen */
    on(keys, listen) {
      listeners.push({ keys, listen });
    },
  };
}
