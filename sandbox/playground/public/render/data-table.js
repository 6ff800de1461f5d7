import { mount } from '../dom.js';
import { pageOf, sortRows } from './table-model.js';
import { h } from './vnode.js';

/**
 * Draws a `data_table` block: a caption, columns that sort, pages. Sorting and paging happen in the browser alone, as
 * in Slack's own client.
 *
 * @param {import('./table-model.js').TableModel & { uid: string }} model
 * @returns {HTMLElement}
 */
export function drawDataTable(model) {
  const state = { column: null, direction: 'ascending', page: 0 };
  const root = document.createElement('div');
  root.className = 'data-table';

  function redraw(focus) {
    const rows = sortRows(model.rows, state.column, state.direction);
    const page = pageOf(rows, state.page, model.pageSize);
    state.page = page.page;
    root.replaceChildren(
      ...[tableNode(model, state, page, sortBy), pagerNode(model, page, turn)].filter(Boolean).map(mount),
    );
    if (focus)
      root
        .querySelector(`[data-focus="${focus}"]:not([aria-disabled="true"]), [data-focus]:not([aria-disabled="true"])`)
        ?.focus();
  }

  function sortBy(column) {
    const turnsRound = state.column === column && state.direction === 'ascending';
    Object.assign(state, { column, direction: turnsRound ? 'descending' : 'ascending', page: 0 });
    redraw(`sort-${column}`);
  }

  function turn(by) {
    state.page += by;
    redraw(by > 0 ? 'next' : 'previous');
  }

  redraw(null);
  return root;
}

function tableNode(model, state, page, sortBy) {
  const head = model.columns.map((name, column) => {
    const sorted = state.column === column ? state.direction : 'none';
    const sign = { ascending: '↑', descending: '↓', none: '↕' }[sorted];
    const button = h(
      'button',
      { type: 'button', class: 'sort', 'data-focus': `sort-${column}`, events: { click: () => sortBy(column) } },
      name,
      h('span', { class: 'sort-sign', 'aria-hidden': 'true' }, sign),
    );
    return h('th', { scope: 'col', 'aria-sort': sorted }, button);
  });
  const rows = page.rows.map((row) =>
    h(
      'tr',
      null,
      row.map((cell, column) =>
        column === model.rowHeader ? h('th', { scope: 'row' }, cell.nodes) : h('td', null, cell.nodes),
      ),
    ),
  );
  const caption = h('caption', null, model.caption);
  const table = h('table', null, caption, h('thead', null, h('tr', null, head)), h('tbody', null, rows));
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': model.caption || 'Table' }, table);
}

function pagerNode(model, page, turn) {
  if (page.pages === 1) return null;
  const button = (name, focus, by, isOff) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button small',
        'data-focus': focus,
        'aria-disabled': isOff ? 'true' : undefined,
        events: { click: () => isOff || turn(by) },
      },
      name,
    );
  return h(
    'div',
    { class: 'pager' },
    h('span', { role: 'status' }, `${page.from}–${page.to} of ${model.rows.length}`),
    button('Previous', 'previous', -1, page.page === 0),
    button('Next', 'next', 1, page.page === page.pages - 1),
  );
}
