/** Functions that tests run inside the page; each must stand alone. Plain JavaScript, because only here is a browser. */

/** Controls that a screen reader could not name. */
export function namelessControls() {
  const controls = document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [role="tab"], [role="option"], dialog, table, [tabindex="0"]',
  );
  const named = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
  const nameOf = (element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent);
    const isNamedByContent =
      /^(A|BUTTON|SUMMARY)$/.test(element.tagName) || ['tab', 'option'].includes(element.getAttribute('role'));
    const caption = element.tagName === 'TABLE' ? element.querySelector('caption')?.textContent : '';
    const group = element.tagName === 'TABLE' ? element.parentElement.getAttribute('aria-label') : '';
    const own = [element.getAttribute('aria-label'), isNamedByContent ? element.textContent : '', caption, group];
    return [...named(element.getAttribute('aria-labelledby')), ...labels, ...own].join('').trim();
  };
  return [...controls].filter((element) => nameOf(element) === '').map((element) => element.outerHTML.slice(0, 160));
}

/** Visible text with less contrast than WCAG AA asks for, measured on the colours the browser computed. */
export function contrastFaults() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = parse(colour).map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (parse(ground)[3] === 255) return ground;
    }
    return 'white';
  };
  const faults = [];
  let checked = 0;
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const isShown = element.getBoundingClientRect().width >= 2 && element.checkVisibility();
    if (!hasText || !isShown || element.closest('.sr, .skip')) continue;
    checked += 1;
    const [front, back] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (ratio < 4.5) faults.push(`${ratio.toFixed(2)} ${element.className}: ${element.textContent.slice(0, 40)}`);
  }
  return checked < 50 ? [`only ${checked} texts were found`] : faults;
}

/** Id or words of what has the focus. */
export function focusedThing() {
  const element = document.activeElement;
  return element.id || element.value || element.textContent.trim();
}

/** Whether the focus is inside the open dialog, or with the browser itself. */
export function isFocusInDialog() {
  return document.activeElement === document.body || document.activeElement.closest('dialog') !== null;
}

/** `marked` when what has the focus, or what stands for it, has an outline; otherwise what it is. */
export function focusMark() {
  const element = document.activeElement;
  if (element === document.body) return 'nothing';
  const holders = [element, element.closest('.composer'), element.closest('.person')].filter(Boolean);
  const isMarked = holders.some((holder) => {
    const style = getComputedStyle(holder);
    const hasOutline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    return hasOutline || style.boxShadow !== 'none';
  });
  return isMarked ? 'marked' : `unmarked: ${element.outerHTML.slice(0, 120)}`;
}

/** Ids that stand on the page more than once. */
export function repeatedIds() {
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** How many pixels the page is wider than its window. */
export function overflowWidth() {
  return Math.max(0, document.scrollingElement.scrollWidth - window.innerWidth);
}

/** The page's ground colour. */
export function groundColour() {
  return getComputedStyle(document.body).backgroundColor;
}

/** What a script that got in would have left. */
export function traceOfScripts() {
  return window.hacked ?? null;
}
