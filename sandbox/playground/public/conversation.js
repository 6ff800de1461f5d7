import { say } from './announce.js';
import { deliveryWords } from './delivery.js';
import { byId, reconcile } from './dom.js';
import { renderMessage } from './render/message.js';
import { conversation } from './render/message-model.js';
import { renderMrkdwn } from './render/mrkdwn.js';
import { textOf } from './render/vnode.js';

/**
 * The list of messages: kept in step with the state, read out when somebody else writes, scrolled along when the
 * reader is at the end.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {{ contextFor(state: any): any }} options
 */
export function startConversation(store, { contextFor }) {
  const list = byId('messages');
  const stream = byId('stream');
  const jump = byId('jump');
  /** Person and place whose messages are on the page; empty while they are on their way. */
  let shown = '';

  store.on(['messages', 'commands', 'place', 'me', 'workspace'], (state) => {
    if (state.place === null || state.place.kind === 'home') return;
    const here = `${state.me} ${state.place.id}`;
    const isFirstLook = here !== shown;
    const wasAtEnd = isFirstLook || isAtEnd(stream);
    shown = state.messages === null ? '' : here;
    const context = contextFor(state);
    const fresh = drawEntries(list, entriesOf(state), here, context);
    paintDeliveries(state, list);
    // What was there before is not news.
    if (isFirstLook) byId('announcer').replaceChildren();
    else announce(fresh, context);
    const isOwn = fresh.some((entry) => entry.user === state.me);
    if (wasAtEnd || isOwn) stream.scrollTop = stream.scrollHeight;
    else if (fresh.length > 0) jump.hidden = false;
  });
  jump.addEventListener('click', () => {
    stream.scrollTop = stream.scrollHeight;
    byId('words').focus();
  });
  stream.addEventListener('scroll', () => {
    if (isAtEnd(stream)) jump.hidden = true;
  });
  store.on(['deliveries'], (state) => paintDeliveries(state, list));
  store.on(['messages', 'commands', 'place', 'me', 'workspace'], drawWelcome);
}

/** Close enough to the newest message that the reader means to follow along. */
function isAtEnd(stream) {
  return stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
}

/** What a newcomer reads before anything was said. */
function drawWelcome(state) {
  const isLoaded = state.messages !== null && state.place !== null && state.place.kind !== 'home';
  const isEmpty = isLoaded && entriesOf(state).length === 0;
  byId('welcome').hidden = !isEmpty;
  if (!isEmpty) return;
  const me = state.workspace.members.find((member) => member.id === state.me);
  const app = state.workspace.app?.name ?? 'Rolecall';
  byId('welcome-title').textContent = `You are ${me?.name ?? 'nobody yet'}`;
  const who = state.hints.get(state.me)?.line ?? '';
  byId('welcome-words').textContent =
    `${who === '' ? '' : `${who}. `}Ask ${app} who may do what, or change it, and watch the RingCentral account answer. Choose one of the lines below to begin, then be somebody else and ask again.`;
}

function entriesOf(state) {
  const commands = state.commands.get(`${state.me} ${state.place.id}`) ?? [];
  return conversation(state.messages ?? [], commands, { botUserId: state.workspace.botUserId, me: state.me });
}

/** Written into place rather than drawn anew, so that a click does not fold up what the reader has open. */
function paintDeliveries(state, list) {
  for (const element of list.querySelectorAll('[data-delivery]')) {
    const { words, tone } = deliveryWords(state.deliveries.get(element.dataset.delivery));
    if (element.textContent === words) continue;
    element.textContent = words;
    element.dataset.tone = tone;
    if (tone === 'bad') say(words);
  }
}

/** Draws what changed and gives the entries, replies too, that were not there before. */
function drawEntries(list, entries, here, context) {
  const known = new Set([...list.querySelectorAll('[data-ts]')].map((element) => element.dataset.ts));
  reconcile(list, entries, {
    key: (entry) => `${here} ${entry.key}`,
    print: (entry) => JSON.stringify([entry, context.names.user(entry.user)]),
    draw: (entry) => renderMessage(entry, context),
  });
  return entries.flatMap((entry) => [entry, ...entry.replies]).filter((entry) => !known.has(entry.key));
}

function announce(entries, context) {
  for (const entry of entries) {
    if (!entry.isApp) continue;
    const note = entry.isPrivate ? ' (only visible to you)' : '';
    const files = entry.files.map((file) => ` File ${file?.name ?? ''}.`).join('');
    const words = textOf(renderMrkdwn(entry.text, context.names)).slice(0, 400) + files;
    say(`${context.names.user(entry.user)}${note}: ${words}`);
  }
}
