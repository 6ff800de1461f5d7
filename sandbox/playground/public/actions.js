import { act, call } from './api.js';
import { base64Of } from './attach.js';
import { askConfirm } from './confirm-dialog.js';
import { readDelivery } from './delivery.js';
import { answerOf } from './render/values.js';

/** @type {import('./state.js').Delivery} */
const SENDING = { state: 'sending', ms: null, error: null, shown: null };

/**
 * What the person does: each goes to the Slack sandbox as that person, and its delivery to the app is noted.
 *
 * @param {ReturnType<import('./state.js').createStore>} store
 * @param {ReturnType<import('./refresh.js').makeRefresh>} refresh
 * @param {(state: any) => import('./render/mrkdwn.js').Names} namesFor
 */
export function makeActions(store, refresh, namesFor) {
  const { state } = store;
  let counter = 0;

  function noteDelivery(key, delivery) {
    store.set({ deliveries: new Map(state.deliveries).set(key, delivery) });
  }

  async function send(written, words, file = null) {
    const isLost = written.kind === 'command' && state.thread !== null;
    store.set({
      problem: isLost ? { words: 'Slack knows no commands in threads. Mention the app, or leave the thread.' } : null,
    });
    if (isLost) return;
    if (written.kind === 'command') await sendCommand(written, words);
    else await sendMessage(written, file);
    await refresh.conversation();
  }

  async function sendCommand({ command, text }, words) {
    const { me: user, place } = state;
    counter += 1;
    const key = `command-${counter}`;
    const there = `${user} ${place.id}`;
    const own = { key, at: Date.now(), text: words };
    store.set({ commands: new Map(state.commands).set(there, [...(state.commands.get(there) ?? []), own]) });
    noteDelivery(key, SENDING);
    noteDelivery(key, readDelivery(await act('command', { user, channel: place.id, command, text })));
  }

  async function sendMessage({ text }, file) {
    const { me: user, place, thread } = state;
    const body = { user, channel: place.id, text, ...(thread === null ? {} : { threadTs: thread.ts }) };
    const answer = file === null ? await act('message', body) : await upload(body, file);
    const ts = answer.ts ?? answer.message?.ts;
    if (typeof ts === 'string') noteDelivery(ts, readDelivery(answer));
    else if (answer.ok !== true) store.set({ problem: { error: answer.error ?? null, shown: answer.shown ?? null } });
  }

  async function upload(body, file) {
    const content = await base64Of(file).catch(() => null);
    // It was moved or changed since it was chosen.
    if (content === null) return { ok: false, shown: `${file.name} could not be read` };
    return act('upload', { ...body, name: file.name, content, encoding: 'base64' });
  }

  /** A control in a message, a modal or App Home was used. */
  async function press(where, { element, blockId, raw }) {
    const key = where.ts ?? where.viewId;
    if (state.deliveries.get(key)?.state === 'sending') return;
    if (element.confirm && !(await askConfirm(element.confirm, namesFor(state)))) return;
    noteDelivery(key, SENDING);
    const selected = raw.length === 0 && element.type === 'button' ? {} : { selected: selectionOf(element, raw) };
    const body = { user: state.me, ...where, actionId: element.action_id, blockId, value: element.value, ...selected };
    noteDelivery(key, readDelivery(await act('click', body)));
    await refresh.conversation();
  }

  async function submit(view, values) {
    const answer = await act('submit', { user: state.me, viewId: view.id, values });
    await refresh.conversation();
    if (Array.isArray(answer.blocks)) markMissing(view, answer);
    return answer;
  }

  /** What Slack's client itself refuses to send is said beside the inputs. */
  function markMissing(view, { blocks, shown }) {
    const errors = Object.fromEntries(blocks.map((blockId) => [blockId, shown ?? 'Please fill this in.']));
    store.set({ views: state.views.map((open) => (open.id === view.id ? { ...open, errors } : open)) });
  }

  /** Closes the topmost view, or all of them. */
  async function closeView(view, all) {
    const answer = await act('close-view', { user: state.me, viewId: view.id, clear: all });
    await refresh.conversation();
    return answer;
  }

  async function openHome() {
    await act('home', { user: state.me, tab: 'home' });
    await refresh.conversation();
  }

  async function reset() {
    const answers = await Promise.all([
      call('/slack/reset', { method: 'POST' }),
      call('/ringcentral/reset', { method: 'POST' }),
    ]);
    refresh.forget();
    await Promise.all([refresh.workspace(), refresh.conversation(), refresh.account(), refresh.calls()]);
    return answers.find((answer) => answer.ok === false) ?? { ok: true };
  }

  return { send, press, submit, closeView, openHome, reset };
}

/** As the control API takes it: an overflow menu by its value, all else as Slack writes it into its state. */
function selectionOf(element, raw) {
  return element.type === 'overflow' ? raw[0] : answerOf(element, raw);
}
