import { changesBetween } from './account-changes.js';
import { call } from './api.js';
import { hintsFor } from './people.js';

/** All named people fit in one look; the picker's hints come from it. */
const HINT_LIMIT = 200;

/** The list of calls kept in the page. */
const MAX_CALLS = 500;

/**
 * Brings parts of the state up to date from the two sandboxes. Each answers nothing and never rejects; what cannot be
 * read stays as it was.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 */
export function makeRefresh(store) {
  const { state } = store;
  /** Last seen people by extension, for finding changes; never shortened by a search. */
  const seen = new Map();

  async function workspace() {
    const answer = await call('/slack/workspace');
    if (!Array.isArray(answer.members)) return;
    const members = answer.members.map((member) => ({
      ...member,
      ext: member.ext ?? null,
      name: String(member.name ?? member.id),
    }));
    store.set({ workspace: { team: null, app: null, commands: [], channels: [], ...answer, members } });
    setHints();
  }

  function setHints() {
    const hints = hintsFor(state.workspace.members, seen);
    const print = JSON.stringify([...hints]);
    if (print !== JSON.stringify([...state.hints])) store.set({ hints });
  }

  /** Messages, or App Home, and open views of the person at the place. */
  async function conversation() {
    const { me, place } = state;
    if (me === null || place === null) return;
    const main =
      place.kind === 'home'
        ? call('/slack/home', { query: { user: me } })
        : call('/slack/messages', { query: { channel: place.id, user: me } });
    const [answer, open] = await Promise.all([main, call('/slack/views', { query: { user: me } })]);
    // The person or place may have changed while the answer was on its way.
    if (state.me !== me || state.place?.id !== place.id) return;
    if (place.kind === 'home') store.set({ home: viewIn(answer) });
    else if (listIn(answer, 'messages') !== null) store.set({ messages: listIn(answer, 'messages') });
    const views = listIn(open, 'views') ?? listIn(open, 'stack');
    if (views !== null) store.set({ views: views.map((view) => view.view ?? view) });
  }

  async function account() {
    const query = { limit: state.accountLimit, q: state.accountQuery };
    const [answer, named] = await Promise.all([
      call('/ringcentral/state', { query }),
      // People that a search hides may change too.
      state.accountQuery === '' && state.accountLimit >= HINT_LIMIT
        ? null
        : call('/ringcentral/state', { query: { limit: HINT_LIMIT } }),
    ]);
    if (!Array.isArray(answer.people)) return;
    const people = [...(named?.people ?? []), ...answer.people];
    note(people);
    if (query.q === state.accountQuery && query.limit === state.accountLimit) store.set({ account: answer });
  }

  function note(people) {
    const once = [...new Map(people.map((person) => [person.ext, person])).values()];
    const changes = changesBetween(seen, once, Date.now());
    for (const person of once) seen.set(person.ext, person);
    if (changes.length > 0) store.set({ changes: [...state.changes, ...changes] });
    setHints();
  }

  async function calls() {
    const since = state.calls.at(-1)?.seq;
    const answer = await call('/ringcentral/calls', { query: { since } });
    if (!Array.isArray(answer.calls) || answer.calls.length === 0) return;
    const last = since ?? -1;
    // The sandbox may count `since` in or out.
    const fresh = answer.calls.filter((entry) => entry.seq > last);
    if (fresh.length > 0) store.set({ calls: [...state.calls, ...fresh].slice(-MAX_CALLS) });
  }

  /** Forgets what is known, for a sandbox that starts over: its return to the start is no change to tell. */
  function forget() {
    seen.clear();
    store.set({
      calls: [],
      changes: [],
      commands: new Map(),
      deliveries: new Map(),
      unread: new Set(),
      thread: null,
      attached: null,
    });
  }

  return { workspace, conversation, account, calls, forget };
}

function listIn(answer, name) {
  if (Array.isArray(answer)) return answer;
  return Array.isArray(answer?.[name]) ? answer[name] : null;
}

/** The control API gives the view itself, null, or an object that holds it. */
function viewIn(answer) {
  if (answer === null || answer?.ok === false) return null;
  const view = answer.view === undefined ? answer : answer.view;
  return Array.isArray(view?.blocks) ? view : null;
}
