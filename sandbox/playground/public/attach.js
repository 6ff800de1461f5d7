import { byId, fill } from './dom.js';
import { sizeWords } from './render/files.js';
import { h } from './render/vnode.js';

/** What one call to this server may carry; Rolecall itself refuses CSV files far below. */
const LARGEST_BYTES = 5_000_000;

/**
 * The button beside the message box and the bar that names the chosen file until it is sent.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ problem(words: string | null): void }} options
 */
export function startAttach(store, { problem }) {
  const input = byId('file');
  byId('attach').addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const [chosen = null] = input.files;
    // The same file can be chosen again after it was taken away.
    input.value = '';
    if (chosen === null) return;
    const isTooLarge = chosen.size > LARGEST_BYTES;
    problem(isTooLarge ? `${chosen.name} is too large for this page: at most ${sizeWords(LARGEST_BYTES)}.` : null);
    if (!isTooLarge) store.set({ attached: chosen });
    byId('words').focus();
  });
  store.on(['attached'], ({ attached }) => drawAttached(attached, store));
}

function drawAttached(attached, store) {
  const bar = byId('attached-bar');
  bar.hidden = attached === null;
  if (attached === null) return fill(bar);
  const remove = () => {
    store.set({ attached: null });
    byId('words').focus();
  };
  fill(
    bar,
    h('span', null, 'With ', h('strong', null, attached.name), ` (${sizeWords(attached.size)})`),
    h(
      'button',
      { type: 'button', class: 'button small', 'aria-label': `Take ${attached.name} away`, events: { click: remove } },
      'Remove',
    ),
  );
}

/** The bytes of a file as base64. @param {File} file @returns {Promise<string>} */
export function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
