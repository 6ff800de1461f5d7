import { byId, fill, reconcile } from './dom.js';
import { clockWithSeconds } from './render/dates.js';
import { h } from './render/vnode.js';

/** Older calls are still in the sandbox; a longer list helps nobody. */
const MAX_SHOWN = 150;

/**
 * The calls that reached the RingCentral sandbox, newest first.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 */
export function startCallsPanel(store) {
  const filter = byId('calls-filter');
  let clearedTo = -1;
  const draw = () =>
    drawCalls(
      store.state.calls.filter((call) => call.seq > clearedTo),
      filter.value,
    );
  filter.addEventListener('change', draw);
  byId('calls-clear').addEventListener('click', () => {
    clearedTo = store.state.calls.at(-1)?.seq ?? clearedTo;
    draw();
  });
  store.on(['calls'], (state) => {
    // A reset sandbox counts from the start again.
    if ((state.calls.at(-1)?.seq ?? -1) < clearedTo) clearedTo = -1;
    draw();
  });
  draw();
}

const KEEPS = {
  all: () => true,
  changes: (call) => call.method !== 'GET' && call.group !== 'Auth' && !String(call.path).includes('/oauth/'),
  refused: (call) => Number(call.status) >= 400 || !call.status,
};

function drawCalls(calls, filter) {
  const shown = calls
    .filter(KEEPS[filter] ?? KEEPS.all)
    .slice(-MAX_SHOWN)
    .reverse();
  byId('calls-about').textContent = summary(calls);
  if (shown.length === 0)
    return fill(
      byId('calls'),
      h('li', { class: 'quiet small nothing', 'data-key': 'nothing' }, 'No calls yet. Ask something.'),
    );
  reconcile(byId('calls'), shown, {
    key: (call) => String(call.seq),
    print: (call) => `${call.seq} ${call.status} ${call.at}`,
    draw: callNode,
  });
}

/** RingCentral counts calls in windows of a minute; what an older call had left says nothing any more. */
const WINDOW_MS = 60_000;

/** How many calls, and for each rate-limit group the person who has the least left. @param {any[]} calls */
function summary(calls) {
  const now = Date.now();
  const latest = new Map();
  for (const call of calls) {
    const counts =
      call.group &&
      call.group !== 'Auth' &&
      Number.isFinite(call.remaining) &&
      now - new Date(call.at).getTime() < WINDOW_MS;
    if (counts) latest.set(`${call.group} ${call.extension}`, call);
  }
  const scarcest = new Map();
  for (const call of latest.values()) {
    if (call.remaining < (scarcest.get(call.group)?.remaining ?? Number.POSITIVE_INFINITY))
      scarcest.set(call.group, call);
  }
  const groups = [...scarcest.values()].map(
    ({ group, remaining, extension }) => `${group} ${remaining} left${extension ? ` (ext. ${extension})` : ''}`,
  );
  return [`${calls.length} ${calls.length === 1 ? 'call' : 'calls'}`, ...groups].join(' · ');
}

function callNode(call) {
  const isBad = !call.status || Number(call.status) >= 400;
  const path = String(call.path).replace(/^\/restapi\/v[\d.]+/, '');
  const time = new Date(call.at);
  const limit = call.group
    ? `${call.group}${call.remaining === null || call.remaining === undefined ? '' : `, ${call.remaining} left`}`
    : null;
  const who = call.extension ? `as ext. ${call.extension}` : null;
  return h(
    'li',
    { class: isBad ? 'call bad' : 'call' },
    h(
      'div',
      { class: 'call-line' },
      h('span', { class: `method ${String(call.method).toLowerCase()}` }, call.method),
      h(
        'code',
        { class: 'call-path', title: `${call.path}${queryWords(call.query)}` },
        softBreaks(path),
        h('span', { class: 'quiet' }, softBreaks(queryWords(call.query))),
      ),
      h('span', { class: 'status' }, call.status ? String(call.status) : 'no answer'),
    ),
    h(
      'div',
      { class: 'call-more quiet small' },
      [limit, who, Number.isNaN(time.getTime()) ? null : clockWithSeconds(time)].filter(Boolean).join(' · '),
      call.errorCode ? h('strong', { class: 'error-code' }, call.errorCode) : null,
    ),
  );
}

function queryWords(query) {
  if (!query) return '';
  if (typeof query === 'string') return query === '' ? '' : query.startsWith('?') ? query : `?${query}`;
  const words = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  ).toString();
  return words === '' ? '' : `?${words}`;
}

/** A path may break after each slash, and only there if it can. @param {string} text */
function softBreaks(text) {
  return text.replace(/([/&?])/g, '$1\u200b');
}
