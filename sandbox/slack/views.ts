import { withIds } from './blocks/with-ids.ts';
import { TRIGGER_LIVES_MS } from './interactions.ts';
import { isObject, type Json, textOf } from './json.ts';
import { initialValues } from './values.ts';
import type { StoredView, Trigger, World } from './world.ts';

/** Modals lie on each other at most this deep. */
const STACK_LIMIT = 3;

/** Why Slack does not do something with a view, by its error code. */
export type Refusal = { readonly refusal: string };

/** Opens a modal for whoever the trigger belongs to; a stack that is open already gives way. */
export function openModal(world: World, triggerId: string, body: Json): StoredView | Refusal {
  const trigger = takeTrigger(world, triggerId);
  if ('refusal' in trigger) return trigger;
  if (isTaken(world, body)) return { refusal: 'duplicate_external_id' };
  return stack(world, trigger.user, [], body);
}

/** Lays a modal on the open one. */
export function pushModal(world: World, triggerId: string, body: Json): StoredView | Refusal {
  const owner = world.triggers.get(triggerId)?.user;
  const open = world.stacks.get(owner ?? '') ?? [];
  if (owner !== undefined && open.length === 0) return { refusal: 'not_found' };
  if (open.length >= STACK_LIMIT) return { refusal: 'push_limit_reached' };
  const trigger = takeTrigger(world, triggerId);
  if ('refusal' in trigger) return trigger;
  if (isTaken(world, body)) return { refusal: 'duplicate_external_id' };
  return stack(world, trigger.user, open, body);
}

/** Lays a modal on the open one without a trigger, as the answer to a submission may. */
export function pushAnswered(world: World, user: string, body: Json): StoredView | Refusal {
  const open = world.stacks.get(user) ?? [];
  if (open.length >= STACK_LIMIT) return { refusal: 'push_limit_reached' };
  return stack(world, user, open, body);
}

/** Changes an open modal or a home tab; a hash that is not the present one means somebody else changed it first. */
export function updateView(
  world: World,
  wanted: { viewId?: string | undefined; externalId?: string | undefined; hash?: string | undefined },
  body: Json,
): StoredView | Refusal {
  const view = findView(world, wanted);
  if (view === undefined) return { refusal: 'not_found' };
  if (wanted.hash !== undefined && wanted.hash !== view.hash) return { refusal: 'hash_conflict' };
  if (body.type !== view.type) return { refusal: 'invalid_arguments' };
  replaceBody(world, view, body);
  return view;
}

/** Puts a new body into a view. Inputs that are still there keep what was typed. */
export function replaceBody(world: World, view: StoredView, body: Json): void {
  const filled = fillIds(world, body);
  const fresh = initialValues(blocksOf(filled));
  for (const [blockId, actions] of Object.entries(fresh)) {
    for (const actionId of Object.keys(actions)) {
      const typed = view.values[blockId]?.[actionId];
      if (typed !== undefined && typed.type === actions[actionId]?.type) actions[actionId] = typed;
    }
  }
  view.body = filled;
  view.values = fresh;
  view.errors = {};
  view.hash = newHash(world);
  tell(world, view);
}

/** Shows a person's home tab. */
export function publishHome(world: World, user: string, body: Json, hash: string | undefined): StoredView | Refusal {
  const present = world.homes.get(user);
  if (hash !== undefined && present !== undefined && present.hash !== hash) return { refusal: 'hash_conflict' };
  if (present !== undefined) {
    replaceBody(world, present, body);
    return present;
  }
  const view = store(world, user, 'home', body, null);
  world.homes.set(user, view);
  tell(world, view);
  return view;
}

/** Closes the top modal, or all of them. @returns what was closed, the top first */
export function closeModals(world: World, user: string, all: boolean): StoredView[] {
  const open = world.stacks.get(user) ?? [];
  const closed = all ? open.splice(0) : open.splice(-1);
  world.bus.tell({ type: 'view', user });
  return closed.reverse();
}

/** An open view by its id or external id; modals and home tabs. */
export function findView(
  world: World,
  wanted: { viewId?: string | undefined; externalId?: string | undefined },
): StoredView | undefined {
  const all = [...[...world.stacks.values()].flat(), ...world.homes.values()];
  return all.find((view) =>
    wanted.viewId !== undefined
      ? view.id === wanted.viewId
      : wanted.externalId !== undefined && view.body.external_id === wanted.externalId,
  );
}

/** A view as Slack sends and answers it, with what its inputs hold. */
export function viewJson(world: World, view: StoredView): Json {
  const { identity } = world;
  return {
    id: view.id,
    team_id: identity.teamId,
    type: view.type,
    blocks: view.body.blocks,
    private_metadata: textOf(view.body.private_metadata) ?? '',
    callback_id: textOf(view.body.callback_id) ?? '',
    state: { values: view.values },
    hash: view.hash,
    title: view.body.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: view.body.clear_on_close === true,
    notify_on_close: view.body.notify_on_close === true,
    close: view.body.close ?? null,
    submit: view.body.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: identity.appId,
    external_id: textOf(view.body.external_id) ?? '',
    app_installed_team_id: identity.teamId,
    bot_id: identity.botId,
  };
}

/** The blocks of a view. */
export function blocksOf(body: Json): Json[] {
  return Array.isArray(body.blocks) ? body.blocks.filter(isObject) : [];
}

function takeTrigger(world: World, id: string): Trigger | Refusal {
  const trigger = world.triggers.get(id);
  if (trigger === undefined) return { refusal: 'invalid_trigger_id' };
  if (trigger.used) return { refusal: 'exchanged_trigger_id' };
  if (world.clock.now() - trigger.issuedAt > TRIGGER_LIVES_MS) return { refusal: 'expired_trigger_id' };
  trigger.used = true;
  return trigger;
}

function isTaken(world: World, body: Json): boolean {
  const externalId = textOf(body.external_id);
  return externalId !== undefined && findView(world, { externalId }) !== undefined;
}

function stack(world: World, user: string, below: readonly StoredView[], body: Json): StoredView {
  const view = store(world, user, 'modal', body, below.at(-1) ?? null);
  world.stacks.set(user, [...below, view]);
  tell(world, view);
  return view;
}

function store(world: World, user: string, type: 'modal' | 'home', body: Json, below: StoredView | null): StoredView {
  const id = `V${world.ids.code(10)}`;
  const filled = fillIds(world, body);
  return {
    id,
    user,
    type,
    body: filled,
    hash: newHash(world),
    values: initialValues(blocksOf(filled)),
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    errors: {},
  };
}

function fillIds(world: World, body: Json): Json {
  return { ...body, blocks: withIds(world.ids, blocksOf(body)) };
}

function newHash(world: World): string {
  return `${Math.floor(world.clock.now() / 1000)}.${world.ids.hex(8)}`;
}

function tell(world: World, view: StoredView): void {
  world.bus.tell({ type: view.type === 'home' ? 'home' : 'view', user: view.user });
}
