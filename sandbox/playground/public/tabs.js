import { byId } from './dom.js';

/**
 * A row of tabs: arrow keys move, the chosen one shows its panel.
 *
 * @param {string[]} names ids are `tab-NAME` and `panel-NAME`
 */
export function startTabs(names) {
  const tabs = names.map((name) => byId(`tab-${name}`));
  const choose = (at) => {
    names.forEach((name, index) => {
      tabs[index].setAttribute('aria-selected', String(index === at));
      tabs[index].tabIndex = index === at ? 0 : -1;
      byId(`panel-${name}`).hidden = index !== at;
    });
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener('click', () => choose(index));
    tab.addEventListener('keydown', (event) => {
      const moves = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index };
      if (!(event.key in moves)) return;
      event.preventDefault();
      const next = (index + moves[event.key] + tabs.length) % tabs.length;
      choose(next);
      tabs[next].focus();
    });
  });
}
