import { say } from './announce.js';
import { startAttach } from './attach.js';
import { completionsFor, mentionLabels, readWords } from './composer-text.js';
import { byId, fill } from './dom.js';
import { h } from './render/vnode.js';

/** First things to say; each works for some people and is refused for others, which is the point. */
const TRIES = ['does alice have Meetings?', 'give bob Manager role', 'who are the super admins', 'my roles'];

const NO_FILE_WITH_COMMANDS =
  'Slack sends no file with a command. Mention the app instead, or write in the direct message.';

/**
 * The message box: Enter sends, Shift+Enter breaks the line, `/` and `@` offer completions.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ send(written: any, words: string, file?: File | null): void, problem(words: string | null): void }} options
 */
export function startComposer(store, { send, problem }) {
  const box = byId('words');
  const offers = startCompletions(store, box);

  const submit = () => {
    const { attached } = store.state;
    const words = readWords(box.value, known(store.state));
    const written = words ?? (attached === null ? null : { kind: 'message', text: '' });
    if (written === null) return;
    if (written.kind === 'problem') return problem(written.problem);
    if (written.kind === 'command' && attached !== null) return problem(NO_FILE_WITH_COMMANDS);
    send(written, box.value.trim(), attached);
    store.set({ attached: null });
    box.value = '';
    grow(box);
  };
  startAttach(store, { problem });
  box.addEventListener('input', () => grow(box));
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || offers.take(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  byId('send').addEventListener('click', submit);
  byId('chips').addEventListener('click', (event) => {
    const words = event.target.closest('[data-words]')?.dataset.words;
    const written = words === undefined ? null : readWords(words, known(store.state));
    if (written !== null && written.kind !== 'problem') send(written, words);
  });
  store.on(['place', 'me', 'workspace', 'thread'], (state) => drawAround(state, store));
}

function known(state) {
  const people = state.workspace.members.filter((member) => member.kind !== 'app');
  const bot = state.workspace.members.find((member) => member.id === state.workspace.botUserId);
  const app = { id: state.workspace.botUserId, name: state.workspace.app?.name ?? bot?.name ?? 'Rolecall', ext: null };
  return { commands: state.workspace.commands, labels: mentionLabels([app, ...people]) };
}

function grow(box) {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

function drawAround(state, store) {
  const app = state.workspace.app?.name ?? 'Rolecall';
  const command = state.workspace.commands[0]?.command ?? '/rolecall';
  byId('composer-area').hidden = state.place === null || state.place.kind === 'home';
  if (state.place === null) return;
  const isDirect = state.place.kind === 'dm';
  byId('words-label').textContent = isDirect ? `Message to ${app}` : `Message in #${state.place.name}`;
  byId('words').placeholder = isDirect ? `Ask ${app} about roles` : `${command} … or @${app} …`;
  byId('composer-hint').textContent = isDirect
    ? `Plain words are enough here; ${command} works too. Enter sends, Shift+Enter breaks the line.`
    : `${app} hears ${command} … (answers you alone) and @${app} …; other messages it never sees. Enter sends.`;
  fill(
    byId('chips'),
    TRIES.map((words) => {
      const full = isDirect ? words : `${command} ${words}`;
      return h('button', { type: 'button', class: 'chip', 'data-words': full }, words);
    }),
  );
  drawThread(state, store);
}

function drawThread(state, store) {
  const bar = byId('thread-bar');
  bar.hidden = state.thread === null;
  if (state.thread === null) return fill(bar);
  fill(
    bar,
    h('span', null, 'Replying in the thread of “', h('em', null, state.thread.excerpt), '”'),
    h(
      'button',
      { type: 'button', class: 'button small', events: { click: () => store.set({ thread: null }) } },
      'Leave the thread',
    ),
  );
}

/** The list under the box, worked by arrow keys while focus stays in the box. */
function startCompletions(store, box) {
  const list = byId('completions');
  let offer = null;
  let active = 0;

  const hide = () => {
    offer = null;
    draw();
  };
  const refresh = () => {
    const before = box.value.slice(0, box.selectionStart);
    const wasShown = offer !== null;
    offer = document.activeElement === box ? completionsFor(before, known(store.state)) : null;
    active = 0;
    if (offer !== null && !wasShown)
      say(`${offer.options.length} suggestions below; arrow keys choose, Tab takes one.`);
    draw();
  };
  const choose = (index) => {
    const rest = box.value.slice(box.selectionStart);
    const start = box.value.slice(0, offer.from) + offer.options[index].insert;
    box.value = start + rest.replace(/^\s/, '');
    box.setSelectionRange(start.length, start.length);
    hide();
    box.focus();
  };
  function draw() {
    list.hidden = offer === null;
    if (offer === null) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `completion-${active}`);
    fill(
      list,
      (offer?.options ?? []).map((option, index) => optionNode(option, index, index === active)),
    );
  }
  box.addEventListener('input', refresh);
  box.addEventListener('blur', hide);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const option = event.target.closest('[data-index]');
    if (option && offer !== null) choose(Number(option.dataset.index));
  });
  return {
    /** Whether the key was for the list. @param {KeyboardEvent} event */
    take(event) {
      if (offer === null) return false;
      const { length } = offer.options;
      const moves = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in moves) {
        active = (active + moves[event.key] + length) % length;
        draw();
      } else if (event.key === 'Enter' || event.key === 'Tab') choose(active);
      else if (event.key === 'Escape') hide();
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

function optionNode(option, index, isActive) {
  return h(
    'div',
    {
      class: 'completion',
      id: `completion-${index}`,
      role: 'option',
      'aria-selected': isActive ? 'true' : 'false',
      'data-index': index,
    },
    h('span', null, option.label),
    option.detail ? h('span', { class: 'quiet small' }, option.detail) : null,
  );
}
