import { byId, fill } from './dom.js';
import { renderBlocks } from './render/blocks.js';
import { h } from './render/vnode.js';

/**
 * The App Home tab, drawn in the place of the messages.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ contextFor(state: any): any, press(where: any, action: any): void }} options
 */
export function startHome(store, { contextFor, press }) {
  const list = byId('messages');
  let shown = '';
  store.on(['home', 'place', 'me'], (state) => {
    if (state.place?.kind !== 'home') {
      shown = '';
      return;
    }
    const print = `${state.me} ${JSON.stringify(state.home)}`;
    if (print === shown) return;
    shown = print;
    fill(list, homeNode(state, { contextFor, press }));
  });
}

function homeNode(state, { contextFor, press }) {
  if (state.home === null) {
    return h(
      'li',
      { class: 'home', 'data-key': 'home' },
      h('p', { class: 'quiet' }, 'The app has published nothing here yet for this person.'),
    );
  }
  const context = {
    ...contextFor(state),
    uid: 'home',
    values: state.home.state?.values,
    onAction: (action) => press({ viewId: state.home.id }, action),
  };
  return h(
    'li',
    { class: 'home', 'data-key': 'home' },
    renderBlocks(state.home.blocks, context),
    h('p', { class: 'delivery', 'data-delivery': state.home.id }),
  );
}
