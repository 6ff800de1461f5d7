import { h } from './vnode.js';

const HUES = 8;

/**
 * Initials on a colour that stays the same for the same id.
 *
 * @param {string} id
 * @param {string} name
 */
export function avatar(id, name) {
  return h('span', { class: `avatar hue-${hueOf(id)}`, 'aria-hidden': 'true' }, initialsOf(name));
}

/** One or two signs for a name. @param {string} name */
function initialsOf(name) {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const signs = words.length > 1 ? [words[0], words.at(-1)] : words;
  return signs.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}

function hueOf(id) {
  let sum = 7;
  for (const sign of id) sum = (sum * 31 + sign.codePointAt(0)) % 9973;
  return sum % HUES;
}
