import { h } from './vnode.js';

/**
 * The files of a message, each with its first lines and a way to have it.
 *
 * @param {any[]} files as the Slack sandbox gives them
 * @param {string} user whom they are shown to
 */
export function renderFiles(files, user) {
  return files.map((file) => (file?.deleted === true ? gone() : shared(file, user)));
}

function gone() {
  return h('p', { class: 'file quiet' }, 'This file was deleted.');
}

function shared(file, user) {
  const name = String(file?.name ?? 'file');
  return h(
    'div',
    { class: 'file' },
    h(
      'div',
      { class: 'file-head' },
      h(
        'div',
        { class: 'file-what' },
        h('strong', { class: 'file-name' }, name),
        h('span', { class: 'quiet small' }, [file?.pretty_type, sizeWords(file?.size)].filter(Boolean).join(' · ')),
      ),
      h(
        'a',
        { class: 'button small', href: fileAddress(file, user), download: name, 'aria-label': `Download ${name}` },
        'Download',
      ),
    ),
    preview(file, name),
  );
}

function preview(file, name) {
  if (typeof file?.preview !== 'string' || file.preview === '') return null;
  return h(
    'details',
    { class: 'file-preview' },
    h('summary', { 'aria-label': `Show ${name}` }, file.lines_more > 0 ? 'Show the first lines' : 'Show'),
    h('pre', { tabindex: '0', 'aria-label': `Beginning of ${name}` }, file.preview),
    file.lines_more > 0 ? h('p', { class: 'quiet small' }, `and ${file.lines_more} more lines`) : null,
  );
}

/** Where this server hands a file out to a person. @param {any} file @param {string} user */
function fileAddress(file, user) {
  return `/api/slack/files/${encodeURIComponent(String(file?.id ?? ''))}?user=${encodeURIComponent(user)}`;
}

/** A size as people say it. @param {unknown} bytes */
export function sizeWords(bytes) {
  if (typeof bytes !== 'number' || !Number.isFinite(bytes) || bytes < 0) return '';
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 100) / 10} kB` : `${Math.round(bytes / 100_000) / 10} MB`;
}
