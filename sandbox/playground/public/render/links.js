import { h } from './vnode.js';

/**
 * The address when a browser may be sent there, otherwise null: only http, https and mailto, no credentials in it.
 *
 * @param {unknown} address
 */
export function safeAddress(address) {
  if (typeof address !== 'string' || address.length > 3000) return null;
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '') return null;
  return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

/**
 * A link, or its text where the address is not safe. A label that hides another host gets the host written behind it.
 *
 * @param {string} address
 * @param {any} label
 * @param {string} labelText
 */
export function link(address, label, labelText) {
  const href = safeAddress(address);
  if (href === null)
    return h('span', { class: 'dead-link' }, label, labelText.includes(address) ? null : ` (${address})`);
  const anchor = h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: href }, label);
  const host = href.startsWith('mailto:') ? href.slice(7) : new URL(href).host;
  if (labelText.includes(host)) return anchor;
  return h('span', null, anchor, h('span', { class: 'link-host' }, ` (${host})`));
}
