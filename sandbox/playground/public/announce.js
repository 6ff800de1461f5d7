import { byId } from './dom.js';

/**
 * Has a screen reader say something, politely.
 *
 * @param {string} words
 * @param {string} [region] id of the live region
 */
export function say(words, region = 'announcer') {
  const element = byId(region);
  const line = document.createElement('p');
  line.textContent = words;
  element.append(line);
  // Old lines are of no use to anybody who comes by later.
  while (element.childElementCount > 5) element.firstElementChild.remove();
}
