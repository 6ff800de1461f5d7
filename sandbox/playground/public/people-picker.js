import { byId, fill } from './dom.js';
import { groupPeople, matchPeople } from './people.js';
import { avatar } from './render/avatar.js';
import { h } from './render/vnode.js';

/** More would make a list that nobody reads; the search reaches everybody. */
const MAX_SHOWN = 60;

/**
 * The list of people one can be: real radio buttons, so that arrow keys, labels and one tab stop come for free.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {(id: string) => void} choose
 */
export function startPeoplePicker(store, choose) {
  const search = byId('who-search');
  const list = byId('people');
  const draw = () => drawPeople(store.state, search.value, list);
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const [first] = matchPeople(store.state.workspace.members, search.value, store.state.hints);
    if (first) choose(first.id);
  });
  list.addEventListener('change', (event) => choose(event.target.value));
  store.on(['workspace', 'hints'], draw);
  store.on(['me'], ({ me }) => {
    const radio = list.querySelector(`input[value="${CSS.escape(me ?? '')}"]`);
    if (radio) radio.checked = true;
    else draw();
    list.querySelector('input:checked')?.closest('label').scrollIntoView({ block: 'nearest' });
  });
}

function drawPeople(state, query, list) {
  const found = matchPeople(state.workspace.members, query, state.hints);
  const shown = found.slice(0, MAX_SHOWN);
  const hadFocus = list.contains(document.activeElement) ? document.activeElement.value : null;
  fill(
    list,
    groupPeople(shown, state.hints).map(({ title, people }) =>
      h(
        'fieldset',
        { class: 'people-group' },
        h('legend', null, title),
        people.map((person) => personRow(person, state)),
      ),
    ),
  );
  if (hadFocus !== null) list.querySelector(`input[value="${CSS.escape(hadFocus)}"]`)?.focus();
  const rest = found.length - shown.length;
  byId('people-more').textContent =
    found.length === 0 ? 'Nobody found.' : rest > 0 ? `${rest.toLocaleString()} more: search to find them.` : '';
}

function personRow(person, state) {
  const hint = state.hints.get(person.id);
  return h(
    'label',
    { class: 'person' },
    h('input', { type: 'radio', name: 'person', value: person.id, checked: person.id === state.me }),
    avatar(person.id, person.name),
    h(
      'span',
      { class: 'person-words' },
      h('span', { class: 'person-name' }, person.name),
      h('span', { class: 'person-hint' }, hint?.line ?? ''),
    ),
  );
}
