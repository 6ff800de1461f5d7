import { failureWords } from './delivery.js';
import { mount } from './dom.js';
import { renderBlocks } from './render/blocks.js';
import { plainText } from './render/text.js';
import { answerOf } from './render/values.js';
import { h } from './render/vnode.js';

/**
 * Shows the topmost of the person's open views as a real dialog.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ contextFor(state: any): any, press(where: any, action: any): void, submit(view: any, values: any): Promise<any>, close(view: any, all: boolean): Promise<any> }} options
 */
export function startModals(store, options) {
  let shown = null;

  store.on(['views', 'me'], (state) => {
    const view = state.views.at(-1) ?? null;
    const print = view === null ? '' : JSON.stringify(view);
    if (print === (shown?.print ?? '')) return;
    const typed = shown !== null && shown.view.id === view?.id ? readValues(shown.dialog, shown.view) : {};
    const old = shown;
    shown = view === null ? null : { print, view, dialog: draw(view, typed, state) };
    if (shown !== null) {
      document.body.append(shown.dialog);
      shown.dialog.showModal();
      focusFirst(shown.dialog, view);
    }
    old?.dialog.close('replaced');
    old?.dialog.remove();
  });

  function draw(view, typed, state) {
    const context = options.contextFor(state);
    const values = { ...view.state?.values, ...typed };
    const drawing = {
      ...context,
      uid: `v${view.id}`,
      values,
      errors: view.errors ?? {},
      onAction: (action) => options.press({ viewId: view.id }, action),
    };
    const problem = h('p', { class: 'dialog-problem', role: 'alert' });
    const dialog = /** @type {HTMLDialogElement} */ (
      mount(
        h(
          'dialog',
          { class: 'dialog view-dialog', 'aria-labelledby': `title-${view.id}` },
          h(
            'header',
            { class: 'dialog-head' },
            h('h2', { id: `title-${view.id}` }, plainText(view.title)),
            closeButton(view),
          ),
          h('div', { class: 'dialog-body' }, renderBlocks(view.blocks, drawing)),
          problem,
          h('div', { class: 'dialog-actions' }, dismissButton(view), submitButton(view)),
        ),
      )
    );
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      void options.close(view, false);
    });
    dialog.addEventListener('keydown', (event) => {
      const isEnter = event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.isComposing;
      if (isEnter && view.submit) {
        event.preventDefault();
        void send(dialog, view);
      }
    });
    dialog.addEventListener('click', (event) => {
      const role =
        event.target instanceof Element ? event.target.closest('[data-role]')?.getAttribute('data-role') : null;
      if (role === 'submit') void send(dialog, view);
      if (role === 'close') void options.close(view, true);
      if (role === 'dismiss') void options.close(view, false);
    });
    return dialog;
  }

  async function send(dialog, view) {
    const submit = dialog.querySelector('[data-role="submit"]');
    if (submit.getAttribute('aria-disabled') === 'true') return;
    submit.setAttribute('aria-disabled', 'true');
    const answer = await options.submit(view, readValues(dialog, view));
    submit.removeAttribute('aria-disabled');
    if (answer.ok !== true)
      dialog.querySelector('.dialog-problem').textContent = failureWords(answer.error ?? null, answer.shown ?? null);
  }
}

function closeButton(view) {
  return h(
    'button',
    { type: 'button', class: 'button ghost', 'data-role': 'close', 'aria-label': `Close ${plainText(view.title)}` },
    '✕',
  );
}

function dismissButton(view) {
  return h('button', { type: 'button', class: 'button', 'data-role': 'dismiss' }, plainText(view.close) || 'Cancel');
}

function submitButton(view) {
  if (!view.submit) return null;
  return h(
    'button',
    { type: 'button', class: 'button primary', 'data-role': 'submit' },
    plainText(view.submit) || 'Submit',
  );
}

function focusFirst(dialog, view) {
  const wrong = Object.keys(view.errors ?? {})[0];
  const block = wrong === undefined ? null : dialog.querySelector(`[data-input-block="${CSS.escape(wrong)}"]`);
  const target = (block ?? dialog).querySelector('.dialog-body :is(input, textarea, select), input, textarea, select');
  target?.focus();
}

/**
 * What the controls of a dialog hold, by block and action.
 *
 * @param {Element} dialog
 * @returns {Record<string, Record<string, string[]>>}
 */
function rawForm(dialog) {
  const raw = {};
  for (const control of dialog.querySelectorAll('input[data-block], textarea[data-block], select[data-block]')) {
    const { block, action } = control.dataset;
    raw[block] ??= {};
    raw[block][action] ??= [];
    const isBox = control.type === 'checkbox' || control.type === 'radio';
    if (!isBox || control.checked) raw[block][action].push(control.value);
  }
  return raw;
}

/**
 * The answers in a dialog, in the shape of Slack's `view.state.values`.
 *
 * @param {Element} dialog
 * @param {any} view
 */
function readValues(dialog, view) {
  const raw = rawForm(dialog);
  const values = {};
  for (const block of view.blocks ?? []) {
    const elements = [block.element, block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])];
    for (const element of elements) {
      const held = raw[block.block_id]?.[element?.action_id];
      if (held === undefined) continue;
      values[block.block_id] = { ...values[block.block_id], [element.action_id]: answerOf(element, held) };
    }
  }
  return values;
}
