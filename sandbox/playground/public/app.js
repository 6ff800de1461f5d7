import { startAccountPanel } from './account-panel.js';
import { makeActions } from './actions.js';
import { say } from './announce.js';
import { call } from './api.js';
import { startCallsPanel } from './calls-panel.js';
import { startComposer } from './composer.js';
import { askConfirm } from './confirm-dialog.js';
import { startConversation } from './conversation.js';
import { failureWords } from './delivery.js';
import { byId, registerComponent } from './dom.js';
import { startHome } from './home.js';
import { follow, gathered } from './live.js';
import { startModals } from './modals.js';
import { showPane, startPanes } from './panes.js';
import { startPeoplePicker } from './people-picker.js';
import { placesFor, startPlaces } from './places.js';
import { makeRefresh } from './refresh.js';
import { rememberedPlace, rememberPlace } from './remember.js';
import { drawDataTable } from './render/data-table.js';
import { createStore, initialState } from './state.js';
import { startTabs } from './tabs.js';
import { startTheme } from './theme.js';

const store = createStore(initialState());
const { state } = store;
const refresh = makeRefresh(store);
const actions = makeActions(store, refresh, namesFor);
const soon = {
  conversation: gathered(refresh.conversation, 40),
  account: gathered(refresh.account, 120),
  calls: gathered(refresh.calls, 120),
};

/** Ids as a reader sees them. */
function namesFor({ workspace }) {
  const members = new Map(workspace.members.map((member) => [member.id, member.name]));
  const channels = new Map(workspace.channels.map((channel) => [channel.id, channel.name]));
  return { user: (id) => members.get(id) ?? id, channel: (id) => channels.get(id) ?? id };
}

function contextFor(current) {
  const { workspace, place } = current;
  return {
    names: namesFor(current),
    members: workspace.members,
    channels: workspace.channels.filter((channel) => channel.kind !== 'im'),
    uid: 'x',
    me: current.me,
    canReply: true,
    onReply: (entry) => replyTo(entry),
    pressOn: (entry) => (action) => void actions.press({ channel: place.id, ts: entry.key }, action),
    onAction: () => {},
  };
}

function replyTo(entry) {
  const excerpt = entry.text.length > 60 ? `${entry.text.slice(0, 59)}…` : entry.text;
  store.set({ thread: { ts: entry.threadTs ?? entry.key, excerpt: excerpt.replace(/<@[^>]*>/g, '@…') } });
  byId('words').focus();
}

/** Becomes a person; stays in the place when that person can be there. */
function choosePerson(id) {
  if (id === state.me) return;
  const places = placesFor(state.workspace, id);
  const wanted = state.place?.kind === 'dm' ? `D${id}` : state.place?.id;
  const place = places.find((entry) => entry.id === wanted) ?? places[0] ?? null;
  store.set({
    me: id,
    views: [],
    messages: null,
    home: null,
    thread: null,
    attached: null,
    problem: null,
    unread: new Set(),
    place,
  });
  entered();
}

function choosePlace(place) {
  const unread = new Set(state.unread);
  unread.delete(place.id);
  store.set({ place, messages: null, home: null, thread: null, attached: null, problem: null, unread });
  showPane('chat');
  entered();
}

function entered() {
  rememberPlace(state.me, state.place);
  soon.conversation();
  if (state.place?.kind === 'home') void actions.openHome();
}

function onSlackEvent(event) {
  if (['reset', 'member', 'connection'].includes(event.type)) void refresh.workspace();
  if (event.type === 'message' && event.channel !== state.place?.id && event.change !== 'deleted') noteUnread(event);
  if (['message', 'home', 'view', 'reset', 'assistant'].includes(event.type)) soon.conversation();
}

function noteUnread({ channel, user }) {
  const mine = placesFor(state.workspace, state.me).some((place) => place.id === channel);
  if (mine && (user === null || user === undefined || user === state.me))
    store.set({ unread: new Set(state.unread).add(channel) });
}

function onRingCentralEvent(event) {
  if (event.type === 'state' || event.type === 'reset') soon.account();
  if (event.type === 'call' || event.type === 'reset') soon.calls();
}

function drawHead(current) {
  const { me, place, workspace } = current;
  if (place === null) return;
  byId('place-title').textContent = place.kind === 'channel' ? `#${place.name}` : place.name;
  byId('place-about').textContent = place.about;
  const name = workspace.members.find((member) => member.id === me)?.name ?? me;
  byId('me-badge').textContent = `as ${name}`;
  document.title = `${byId('place-title').textContent} as ${name} · Rolecall playground`;
  byId('stream').setAttribute('aria-label', place.kind === 'home' ? 'App Home' : `Messages in ${place.name}`);
}

function drawProblem({ problem }) {
  byId('problem').hidden = problem === null;
  byId('problem').textContent =
    problem === null ? '' : (problem.words ?? failureWords(problem.error, problem.shown ?? null));
}

async function reset() {
  const text = {
    type: 'plain_text',
    text: 'Messages, roles and calls return to how they were at the start, in both sandboxes.',
  };
  const confirm = { title: 'Start over?', text, confirm: 'Start over', deny: 'Keep', style: 'danger' };
  if (!(await askConfirm(confirm, namesFor(state)))) return;
  const answer = await actions.reset();
  store.set({ problem: answer.ok === true ? null : { error: answer.error } });
  say('Both sandboxes start over.');
}

let isLive = false;

function drawLive(isNowLive) {
  isLive = isNowLive;
  showLive();
}

function showLive() {
  const isThere = state.workspace.app?.connections !== 0;
  byId('live-words').textContent = !isLive ? 'Reconnecting' : isThere ? 'Live' : 'Rolecall is away';
  byId('live').dataset.tone = isLive && isThere ? 'good' : 'waiting';
}

/** What scrolls can be reached and scrolled by keyboard, also where nothing inside takes focus. */
function makeScrollable() {
  for (const id of ['stream', 'calls-scroll', 'panel-people', 'panel-roles', 'panel-changes']) byId(id).tabIndex = 0;
}

function startParts() {
  makeScrollable();
  registerComponent('data-table', drawDataTable);
  startTheme();
  startPanes();
  startTabs(['people', 'roles', 'changes']);
  startPeoplePicker(store, choosePerson);
  startPlaces(store, choosePlace);
  startHome(store, { contextFor, press: (where, action) => void actions.press(where, action) });
  startConversation(store, { contextFor });
  startComposer(store, {
    send: (written, words, file) => void actions.send(written, words, file),
    problem: (words) => store.set({ problem: words === null ? null : { words } }),
  });
  startModals(store, {
    contextFor,
    press: (where, action) => void actions.press(where, action),
    submit: actions.submit,
    close: actions.closeView,
  });
  startAccountPanel(store, {
    search: (accountQuery) => {
      store.set({ accountQuery });
      soon.account();
    },
    more: () => {
      store.set({ accountLimit: state.accountLimit + 60 });
      soon.account();
    },
  });
  startCallsPanel(store);
  byId('reset').addEventListener('click', () => void reset());
  store.on(['place', 'me', 'workspace'], drawHead);
  store.on(['problem'], drawProblem);
  store.on(['workspace'], showLive);
}

async function begin() {
  startParts();
  const config = await call('/config');
  store.on(['account'], ({ account }) => {
    byId('company').textContent = account.company ?? config.company ?? '';
  });
  await Promise.all([refresh.workspace(), refresh.account(), refresh.calls()]);
  if (state.workspace.members.length === 0) store.set({ problem: { error: 'sandbox_unreachable' } });
  else enterFirst();
  follow({ onEvent: (source, event) => ON_EVENT[source](event), onPoll: refreshAll, onStatus: drawLive });
}

const ON_EVENT = { slack: onSlackEvent, ringcentral: onRingCentralEvent };

function refreshAll() {
  soon.conversation();
  soon.account();
  soon.calls();
}

/** The person and place of the address, or an administrator in the first channel. */
function enterFirst() {
  const wanted = rememberedPlace();
  const { members } = state.workspace;
  const first =
    members.find((member) => member.id === wanted.me) ??
    members.find((member) => state.hints.get(member.id)?.line.startsWith('Super Admin')) ??
    members[0];
  const places = placesFor(state.workspace, first.id);
  store.set({ me: first.id, place: places.find((place) => place.id === wanted.place) ?? places[0] ?? null });
  entered();
}

void begin();
