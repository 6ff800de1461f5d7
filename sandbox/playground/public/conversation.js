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
  let shownPlace = '';

  store.on(['messages', 'commands', 'place', 'me', 'workspace'], (state) => {
    if (state.place === null || state.place.kind === 'home') return;
    const here = `${state.me} ${state.place.id}`;
    const isNewPlace = here !== shownPlace;
    const wasAtEnd = isNewPlace || stream.scrollHeight - stream.scrollTop - stream.clientHeight < 80;
    const entries = entriesOf(state);
    const known = new Set([...list.querySelectorAll('[data-ts]')].map((element) => element.dataset.ts));
    shownPlace = here;
    const context = contextFor(state);
    reconcile(list, entries, {
      key: (entry) => `${here} ${entry.key}`,
      print: (entry) => JSON.stringify([entry, context.names.user(entry.user)]),
      draw: (entry) => renderMessage(entry, context),
    });
    paintDeliveries(state, list);
    if (isNewPlace) byId('announcer').replaceChildren();
    else announceNew(entries, known, context);
    if (wasAtEnd) stream.scrollTop = stream.scrollHeight;
  });
  store.on(['deliveries'], (state) => paintDeliveries(state, list));
  store.on(['messages', 'commands', 'place', 'me', 'workspace'], drawWelcome);
}

/** What a newcomer reads before anything was said. */
function drawWelcome(state) {
  const isEmpty = state.place !== null && state.place.kind !== 'home' && entriesOf(state).length === 0;
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
  return conversation(state.messages, commands, { botUserId: state.workspace.botUserId, me: state.me });
}

/** Written into place rather than drawn anew, so that a click does not fold up what the reader has open. */
function paintDeliveries(state, list) {
  for (const element of list.querySelectorAll('[data-delivery]')) {
    const { words, tone } = deliveryWords(state.deliveries.get(element.dataset.delivery));
    if (element.textContent !== words) element.textContent = words;
    element.dataset.tone = tone;
  }
}

function announceNew(entries, known, context) {
  const all = entries.flatMap((entry) => [entry, ...entry.replies]);
  for (const entry of all) {
    if (entry.kind === 'command' || known.has(entry.key) || !entry.isApp) continue;
    const note = entry.isPrivate ? ' (only visible to you)' : '';
    say(`${context.names.user(entry.user)}${note}: ${textOf(renderMrkdwn(entry.text, context.names)).slice(0, 400)}`);
  }
}
