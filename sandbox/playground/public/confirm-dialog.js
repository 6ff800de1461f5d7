import { mount } from './dom.js';
import { plainText, renderText } from './render/text.js';
import { h } from './render/vnode.js';

/**
 * Asks before an act, in a real dialog: focus goes in, Escape says no, focus comes back.
 *
 * @param {any} confirm a Block Kit confirmation object
 * @param {import('./render/mrkdwn.js').Names} names
 * @returns {Promise<boolean>}
 */
export function askConfirm(confirm, names) {
  return new Promise((resolve) => {
    let answer = false;
    const settle = (value) => {
      answer = value;
      dialog.close();
    };
    const style = confirm.style === 'danger' ? 'button danger' : 'button primary';
    const dialog = /** @type {HTMLDialogElement} */ (
      mount(
        h(
          'dialog',
          { class: 'dialog small-dialog', 'aria-labelledby': 'confirm-title' },
          h('h2', { id: 'confirm-title' }, plainText(confirm.title) || 'Are you sure?'),
          h('div', { class: 'dialog-text' }, renderText(confirm.text, names)),
          h(
            'div',
            { class: 'dialog-actions' },
            h(
              'button',
              { type: 'button', class: 'button', events: { click: () => settle(false) } },
              plainText(confirm.deny) || 'Cancel',
            ),
            h(
              'button',
              { type: 'button', class: style, events: { click: () => settle(true) } },
              plainText(confirm.confirm) || 'Yes',
            ),
          ),
        ),
      )
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
