import { changeSentence, roleWords } from './account-changes.js';
import { say } from './announce.js';
import { byId, fill, reconcile } from './dom.js';
import { clockWithSeconds } from './render/dates.js';
import { h } from './render/vnode.js';

/** How long a changed person stays marked. */
const MARKED_MS = 8_000;

/**
 * People and roles of the RingCentral sandbox, what changed marked in words and colour.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ search(query: string): void, more(): void }} options
 */
export function startAccountPanel(store, { search, more }) {
  const box = byId('account-search');
  box.addEventListener('input', () => search(box.value));
  byId('account-show-more').addEventListener('click', more);
  store.on(['account', 'changes'], drawPeople);
  store.on(['account'], drawRoles);
  store.on(['changes'], drawChanges);
  drawChanges(store.state);
  startTelling(store);
}

/** Says each change once, in a strip above the list, to screen readers, and on the button of narrow screens. */
function startTelling(store) {
  const strip = byId('latest-change');
  let told = 0;
  const settle = () => {
    const latest = store.state.changes.at(-1);
    strip.hidden = latest === undefined || Date.now() - latest.at >= MARKED_MS;
    drawPeople(store.state);
  };
  store.on(['changes'], ({ changes }) => {
    const fresh = changes.slice(Math.min(told, changes.length));
    told = changes.length;
    for (const change of fresh) say(`Changed in RingCentral: ${changeSentence(change)}`, 'change-announcer');
    byId('pane-changes').hidden = changes.length === 0;
    byId('pane-changes').textContent = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`;
    strip.textContent = fresh.map(changeSentence).join('; ');
    settle();
    if (fresh.length > 0) setTimeout(settle, MARKED_MS + 50);
  });
  store.on(['account'], () => showChanged());
}

/** The panel scrolls to who changed, but only while somebody is not at work in it. */
function showChanged() {
  const panel = byId('panel-people');
  if (panel.contains(document.activeElement)) return;
  const changed = panel.querySelector('.changed');
  if (changed === null || panel.hidden) return;
  const at = changed.offsetTop;
  const isSeen = at >= panel.scrollTop && at + changed.offsetHeight <= panel.scrollTop + panel.clientHeight;
  if (!isSeen) panel.scrollTop = at - panel.clientHeight / 3;
}

function drawPeople(state) {
  const { people } = state.account;
  const now = Date.now();
  const recent = new Map(
    state.changes.filter((change) => now - change.at < MARKED_MS).map((change) => [change.ext, change]),
  );
  reconcile(byId('account-people'), people, {
    key: (person) => person.ext,
    print: (person) => JSON.stringify([person, recent.get(person.ext)?.at]),
    draw: (person) => personNode(person, recent.get(person.ext)),
  });
  drawCounts(state.account, state.accountQuery);
}

function drawCounts({ people, found, total, accountId }, query) {
  const number = (count) => Number(count).toLocaleString();
  const isPart = found > people.length;
  const matched = query === '' ? '' : `, ${number(found)} found`;
  byId('account-about').textContent =
    accountId === null ? '' : `Account ${accountId} · ${number(total)} extensions${matched}`;
  byId('account-more').textContent =
    people.length === 0 ? 'Nobody found.' : isPart ? `${people.length} of ${number(found)} shown.` : '';
  byId('account-show-more').hidden = !isPart;
}

function personNode(person, change) {
  const place = [`ext. ${person.ext}`, person.department, person.site].filter(Boolean).join(' · ');
  const notes = [
    person.status === 'Enabled' ? null : person.status,
    person.type === 'User' ? null : person.type,
  ].filter(Boolean);
  return h(
    'li',
    { class: change === undefined ? 'account-person' : 'account-person changed' },
    h(
      'div',
      { class: 'account-name' },
      h('strong', null, person.name),
      notes.map((note) => h('span', { class: 'badge' }, note)),
    ),
    h('div', { class: 'quiet small' }, place),
    h('div', { class: 'role-chips' }, roleChips(person, change)),
    change === undefined ? null : h('p', { class: 'change-words' }, `Changed just now: ${changeParts(change)}`),
  );
}

function roleChips(person, change) {
  if (person.roles.length === 0) return h('span', { class: 'quiet small' }, 'no role');
  return person.roles.map((role) => {
    const words = roleWords(role);
    const isNew = change?.added.includes(words) === true;
    return h(
      'span',
      { class: isNew ? 'role-chip new' : 'role-chip' },
      words,
      role.autoAssigned === true ? ' (automatic)' : '',
      isNew ? h('span', { class: 'sr' }, ', new') : null,
    );
  });
}

function changeParts({ added, removed, other }) {
  return [
    added.length > 0 ? `+ ${added.join(', ')}` : '',
    removed.length > 0 ? `− ${removed.join(', ')}` : '',
    ...other,
  ]
    .filter(Boolean)
    .join('; ');
}

function drawRoles(state) {
  const { roles, defaultRoleId } = state.account;
  reconcile(byId('account-roles'), roles, {
    key: (role) => String(role.id),
    print: (role) => JSON.stringify([role, defaultRoleId]),
    draw: (role) => roleNode(role, String(defaultRoleId) === String(role.id)),
  });
}

function roleNode(role, isDefault) {
  const notes = [
    role.custom ? 'custom' : 'predefined',
    role.hidden ? 'hidden' : null,
    isDefault ? 'default' : null,
  ].filter(Boolean);
  const count = Number(role.permissions);
  return h(
    'li',
    { class: 'account-role' },
    h(
      'div',
      { class: 'account-name' },
      h('strong', null, role.displayName),
      notes.map((note) => h('span', { class: 'badge' }, note)),
    ),
    h('div', { class: 'quiet small' }, `id ${role.id} · ${count} ${count === 1 ? 'permission' : 'permissions'}`),
  );
}

function drawChanges(state) {
  byId('changes-count').textContent = String(state.changes.length);
  const newest = [...state.changes].reverse().slice(0, 200);
  if (newest.length === 0)
    return fill(
      byId('account-changes'),
      h('li', { class: 'quiet small nothing' }, 'Nothing has changed since this page was opened.'),
    );
  fill(
    byId('account-changes'),
    newest.map((change) =>
      h(
        'li',
        { class: 'account-change' },
        h(
          'time',
          { class: 'quiet small', datetime: new Date(change.at).toISOString() },
          clockWithSeconds(new Date(change.at)),
        ),
        h('span', null, changeSentence(change)),
      ),
    ),
  );
}
