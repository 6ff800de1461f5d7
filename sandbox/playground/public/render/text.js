import { withEmoji } from './emoji.js';
import { renderMrkdwn } from './mrkdwn.js';
import { h } from './vnode.js';

/**
 * A Block Kit text object (`plain_text` or `mrkdwn`) as nodes.
 *
 * @param {any} object
 * @param {import('./mrkdwn.js').Names} names
 * @returns {import('./vnode.js').Child[]}
 */
export function renderText(object, names) {
  if (object?.type === 'mrkdwn') return renderMrkdwn(object.text, names);
  const text = plainText(object);
  return text === '' ? [] : [h('span', { class: 'plain' }, text)];
}

/** The words of a text object, without any markup. @param {any} object */
export function plainText(object) {
  const text = typeof object === 'string' ? object : object?.text;
  if (typeof text !== 'string') return '';
  return object?.emoji === false ? text : withEmoji(text);
}
