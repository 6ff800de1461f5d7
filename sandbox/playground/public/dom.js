import { ALLOWED_TAGS, isAllowedAttribute } from './render/vnode.js';

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path']);

/** @type {Map<string, (props: any) => Node>} */
const components = new Map();

/** Names a function that draws a component from its props. @param {string} name @param {(props: any) => Node} draw */
export function registerComponent(name, draw) {
  components.set(name, draw);
}

/**
 * Makes the real element of a description. The lists of allowed elements and attributes are checked here a second
 * time, so that nothing built by hand slips past them.
 *
 * @param {import('./render/vnode.js').Child} node
 * @returns {Node}
 */
export function mount(node) {
  if (typeof node === 'string') return document.createTextNode(node);
  if ('component' in node) return mountComponent(node);
  if (!ALLOWED_TAGS.has(node.tag)) throw new Error(`element not allowed: ${node.tag}`);
  const isSvg = SVG_TAGS.has(node.tag);
  const element = isSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attrs)) setAttribute(element, name, value);
  for (const [event, listener] of Object.entries(node.events)) element.addEventListener(event, listener);
  element.append(...node.children.map(mount));
  return element;
}

function mountComponent({ component, props }) {
  const draw = components.get(component);
  if (draw === undefined) throw new Error(`no component named ${component}`);
  return draw(props);
}

function setAttribute(element, name, value) {
  if (!isAllowedAttribute(name)) throw new Error(`attribute not allowed: ${name}`);
  element.setAttribute(name, value === true ? '' : String(value));
}

/** Puts the described children into an element, in place of what it had. @param {Element} parent @param {any[]} nodes */
export function fill(parent, ...nodes) {
  parent.replaceChildren(...nodes.flat(3).filter(Boolean).map(mount));
}

/**
 * Brings a list up to date by key: an element whose fingerprint is unchanged stays the same element, so that focus,
 * selection, open menus and sorted tables survive.
 *
 * @template Item
 * @param {Element} parent
 * @param {Item[]} items
 * @param {{ key(item: Item): string, print(item: Item): string, draw(item: Item): import('./render/vnode.js').Child }} how
 * @returns {Item[]} the items that were drawn anew
 */
export function reconcile(parent, items, how) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const drawn = [];
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = how.key(item);
    const print = how.print(item);
    let element = old.get(key);
    old.delete(key);
    if (element === undefined || element.dataset.print !== print) {
      const fresh = /** @type {HTMLElement} */ (mount(how.draw(item)));
      fresh.dataset.key = key;
      fresh.dataset.print = print;
      if (element !== undefined) {
        if (at === element) at = element.nextElementSibling;
        replaceKeepingFocus(element, fresh);
      }
      drawn.push(item);
      element = fresh;
    }
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
  for (const gone of old.values()) gone.remove();
  return drawn;
}

/** When the focused control is drawn anew, focus goes to its successor, or to the item itself, never to the page's top. */
function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (focused === null) return;
  const same = focused.id ? fresh.querySelector(`#${CSS.escape(focused.id)}`) : null;
  const action = focused.getAttribute('data-action');
  const successor = same ?? (action ? fresh.querySelector(`[data-action="${CSS.escape(action)}"]`) : null);
  if (successor instanceof HTMLElement) return successor.focus();
  fresh.tabIndex = -1;
  fresh.focus({ preventScroll: true });
}

/** The element with this id, which `index.html` holds. @param {string} id @returns {any} */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`no element #${id}`);
  return element;
}
