import { byId, fill } from './dom.js';
import { h } from './render/vnode.js';

/**
 * Where the person can write: channels they are in, the direct message with the app, App Home.
 *
 * @param {any} workspace
 * @param {string | null} me
 * @returns {import('./state.js').Place[]}
 */
export function placesFor(workspace, me) {
  if (me === null) return [];
  const app = workspace.app?.name ?? 'Rolecall';
  const channels = workspace.channels
    .filter((channel) => channel.kind !== 'im' && (!Array.isArray(channel.members) || channel.members.includes(me)))
    .map((channel) => ({ kind: 'channel', id: channel.id, name: channel.name, about: aboutChannel(channel) }));
  const hasClient = workspace.channels.some((channel) => channel.id === `D${me}`);
  const dm = { kind: 'dm', id: `D${me}`, name: `Direct message with ${app}`, about: `Only you and ${app} see this.` };
  const home = { kind: 'home', id: 'home', name: 'App Home', about: `${app}’s own tab.` };
  return [...channels.slice(0, 1), ...(hasClient ? [dm, home] : []), ...channels.slice(1)];
}

function aboutChannel(channel) {
  if (channel.kind === 'shared' || channel.extShared === true) return 'Shared with another company over Slack Connect.';
  if (channel.kind === 'private') return 'Private channel.';
  return 'Everybody in the workspace reads along.';
}

/**
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {(place: import('./state.js').Place) => void} choose
 */
export function startPlaces(store, choose) {
  const list = byId('places');
  store.on(['workspace', 'me', 'place', 'unread'], (state) => {
    const hadFocus = list.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    fill(
      list,
      placesFor(state.workspace, state.me).map((place) => h('li', null, placeButton(place, state, choose))),
    );
    if (hadFocus) list.querySelector(`[data-place="${CSS.escape(hadFocus)}"]`)?.focus();
  });
}

const SIGNS = { channel: '#', dm: '@', home: '⌂' };

function placeButton(place, state, choose) {
  const isHere = place.id === state.place?.id;
  const isUnread = !isHere && state.unread.has(place.id);
  return h(
    'button',
    {
      type: 'button',
      class: 'place',
      'data-place': place.id,
      'aria-current': isHere ? 'true' : undefined,
      events: { click: () => choose(place) },
    },
    h('span', { class: 'place-sign', 'aria-hidden': 'true' }, SIGNS[place.kind]),
    h('span', { class: 'place-name' }, place.name),
    isUnread ? h('span', { class: 'unread' }, 'new') : null,
  );
}
