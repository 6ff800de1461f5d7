import { byId } from './dom.js';

const ORDER = ['system', 'light', 'dark'];
const KEY = 'rolecall-playground-theme';

/** The button that goes through system, light and dark; the choice is remembered in this browser. */
export function startTheme() {
  const button = byId('theme');
  let theme = remembered();
  const show = () => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    byId('theme-name').textContent = theme;
  };
  button.addEventListener('click', () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    remember(theme);
    show();
  });
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem(KEY);
    return ORDER.includes(theme) ? theme : 'system';
  } catch {
    return 'system';
  }
}

/** Where storage is refused the choice lasts as long as the page. */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {}
}
