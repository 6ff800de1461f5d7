/** On narrow screens one part of the page is shown at a time; these buttons choose which. */
export function startPanes() {
  for (const button of document.querySelectorAll('[data-show]')) {
    button.addEventListener('click', () => showPane(button.getAttribute('data-show')));
  }
}

/** @param {string} name `you`, `chat` or `account` */
export function showPane(name) {
  document.body.dataset.pane = name;
  for (const button of document.querySelectorAll('[data-show]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-show') === name));
  }
}
