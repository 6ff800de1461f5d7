/**
 * Plain descriptions of page elements. Everything that renders data builds these, and `dom.js` turns them into real
 * elements with `createElement` and text nodes: there is no step at which data could become markup.
 *
 * @typedef {string | VNode | Component} Child
 * @typedef {{ tag: string, attrs: Record<string, string | number | boolean>, events: Record<string, (event: any) => void>, children: Child[] }} VNode
 * @typedef {{ component: string, props: any }} Component  drawn by a function registered in `dom.js`
 */

/** The only elements there are. No script, style, iframe, object, embed, form or link among them. */
export const ALLOWED_TAGS = new Set(
  (
    'a article aside b blockquote br button caption code col colgroup dd details dialog div dl dt em fieldset ' +
    'h1 h2 h3 h4 h5 h6 header footer hr input label legend li nav ol optgroup option p path pre s section select ' +
    'small span strong summary svg table tbody td textarea tfoot th thead time tr ul'
  ).split(' '),
);

/** The only attributes there are, besides `aria-*` and `data-*`. No `style`, no `src`, no `on...`. */
const ALLOWED_ATTRIBUTES = new Set(
  (
    'autocomplete checked class colspan d datetime dir disabled download for hidden href id inputmode lang max maxlength min ' +
    'minlength multiple name open placeholder readonly rel required role rows scope selected spellcheck start step ' +
    'tabindex target title type value viewBox'
  ).split(' '),
);

/**
 * Describes one element. `attrs.events` holds listeners; null, undefined and false children and attributes are left out.
 *
 * @param {string} tag
 * @param {Record<string, any> | null} [attrs]
 * @param {...any} children strings, numbers, nodes, or arrays of them
 * @returns {VNode}
 */
export function h(tag, attrs, ...children) {
  if (!ALLOWED_TAGS.has(tag)) throw new Error(`element not allowed: ${tag}`);
  const { events = {}, ...rest } = attrs ?? {};
  const kept = {};
  for (const [name, value] of Object.entries(rest)) {
    if (value === null || value === undefined || value === false) continue;
    if (!isAllowedAttribute(name)) throw new Error(`attribute not allowed: ${name}`);
    kept[name] = value;
  }
  return { tag, attrs: kept, events, children: flatten(children) };
}

/**
 * Describes something with a life of its own (a sortable table, say), drawn by a registered function.
 *
 * @param {string} name
 * @param {any} props
 * @returns {Component}
 */
export function component(name, props) {
  return { component: name, props };
}

/** @param {string} name */
export function isAllowedAttribute(name) {
  return ALLOWED_ATTRIBUTES.has(name) || /^(aria|data)-[a-z-]+$/.test(name);
}

/** All text below a node, as a reader would hear it. @param {any} node @returns {string} */
export function textOf(node) {
  if (node === null || node === undefined) return '';
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  if ('component' in node) return textOf(node.props?.text ?? '');
  if (node.tag === 'br') return '\n';
  return node.children.map(textOf).join('');
}

function flatten(children) {
  return children
    .flat(Number.POSITIVE_INFINITY)
    .filter((child) => child !== null && child !== undefined && child !== false && child !== '')
    .map((child) => (typeof child === 'object' ? child : String(child)));
}
