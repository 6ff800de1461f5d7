import { interactiveElements } from '../blocks/find-element.ts';
import { checkView } from '../blocks/validate-view.ts';
import { deliver } from '../delivery/deliver.ts';
import { interactionBase, issueTrigger } from '../interactions.ts';
import { isObject, type Json, lengthInRange, textOf } from '../json.ts';
import { chosenValue, isEmptyValue, setValue } from '../values.ts';
import { blocksOf, closeModals, findView, pushAnswered, replaceBody, viewJson } from '../views.ts';
import type { Member } from '../workspace/types.ts';
import type { StoredView, World } from '../world.ts';
import { type ActResult, acknowledged, actorOf, isResult, refused, summary } from './act.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/**
 * A person fills a modal and submits it.
 *
 * `values` holds block id, action id and what was typed or chosen. The client itself refuses empty required inputs and
 * texts of the wrong length before the app hears of it.
 */
export async function submitModal(world: World, body: Json): Promise<ActResult> {
  const opened = topModal(world, body);
  if ('ok' in opened) return opened;
  const { member, view } = opened;
  const wrong = fillIn(view, isObject(body.values) ? body.values : {});
  if (wrong !== null) return refused('invalid_input', wrong);
  const missing = missingInputs(view);
  if (missing.length > 0)
    return { ...refused('missing_required_input', 'Please complete this required field.'), blocks: missing };
  const payload: Json = {
    ...interactionBase(world, 'view_submission', member),
    trigger_id: issueTrigger(world, member.id),
    view: viewJson(world, view),
    response_urls: [],
  };
  const delivery = await deliver(world, 'interactive', 'view_submission', payload);
  if (!delivery.acked) return acknowledged(delivery, TROUBLE);
  const outcome = carryOut(world, member, view, delivery.ack);
  return { ok: true, ...outcome, delivery: summary(delivery) };
}

/** A person closes a modal with its Cancel button or the cross; `clear` closes all that lie on each other. */
export async function closeModal(world: World, body: Json): Promise<ActResult> {
  const opened = topModal(world, body);
  if ('ok' in opened) return opened;
  const { member, view } = opened;
  const clear = body.clear === true || view.body.clear_on_close === true;
  const closed = closeModals(world, member.id, clear);
  const told = closed.filter((entry) => entry.body.notify_on_close === true);
  const sent = told.map((entry) => {
    const payload = {
      ...interactionBase(world, 'view_closed', member),
      view: viewJson(world, entry),
      is_cleared: clear,
    };
    return deliver(world, 'interactive', 'view_closed', payload);
  });
  const deliveries = (await Promise.all(sent)).map(summary);
  return { ok: true, delivery: deliveries[0] ?? null, deliveries };
}

function topModal(world: World, body: Json): { member: Member; view: StoredView } | ActResult {
  const member = actorOf(world, body);
  if (isResult(member)) return member;
  const open = world.stacks.get(member.id) ?? [];
  const viewId = textOf(body.viewId) ?? open.at(-1)?.id;
  const view = viewId === undefined ? undefined : findView(world, { viewId });
  if (view === undefined || view.user !== member.id) return refused('view_not_found');
  return view === open.at(-1) ? { member, view } : refused('view_not_on_top');
}

function fillIn(view: StoredView, typed: Json): string | null {
  for (const { block, element } of interactiveElements(blocksOf(view.body))) {
    const inBlock = typed[String(block.block_id)];
    const given = isObject(inBlock) ? inBlock[String(element.action_id)] : undefined;
    if (given === undefined) continue;
    const value = chosenValue(element, given);
    if (value === null) return `${String(element.action_id)} does not offer this`;
    if (!lengthInRange(value.value, element.min_length, element.max_length)) {
      return `${String(element.action_id)} is too short or too long`;
    }
    setValue(view.values, block, element, value);
  }
  return null;
}

function missingInputs(view: StoredView): string[] {
  const inputs = blocksOf(view.body).filter((block) => block.type === 'input' && block.optional !== true);
  return inputs
    .filter((block) => {
      const element = isObject(block.element) ? block.element : {};
      return isEmptyValue(view.values[String(block.block_id)]?.[String(element.action_id)]);
    })
    .map((block) => String(block.block_id));
}

/** What the app's answer to a submission does: nothing said closes this modal and shows the one below. */
function carryOut(world: World, member: Member, view: StoredView, ack: unknown): Json {
  const answer = isObject(ack) ? ack : {};
  switch (answer.response_action) {
    case undefined:
      closeModals(world, member.id, false);
      return {};
    case 'clear':
      closeModals(world, member.id, true);
      return { responseAction: 'clear' };
    case 'errors':
      return showErrors(world, view, answer.errors);
    case 'update':
    case 'push':
      return showNext(world, member, view, answer);
    default:
      return { ok: false, error: 'invalid_response_action', shown: TROUBLE };
  }
}

function showErrors(world: World, view: StoredView, errors: unknown): Json {
  const inputs = blocksOf(view.body)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);
  const fine =
    isObject(errors) &&
    Object.keys(errors).length > 0 &&
    Object.keys(errors).every((blockId) => inputs.includes(blockId));
  if (!fine) return { ok: false, error: 'invalid_response_errors', shown: TROUBLE };
  view.errors = Object.fromEntries(Object.entries(errors).map(([blockId, words]) => [blockId, String(words)]));
  world.bus.tell({ type: 'view', user: view.user });
  return { responseAction: 'errors', errors: view.errors };
}

function showNext(world: World, member: Member, view: StoredView, answer: Json): Json {
  const checked = checkView(answer.view, 'modal');
  if ('problem' in checked)
    return { ok: false, error: 'invalid_response_view', details: checked.problem.details, shown: TROUBLE };
  if (answer.response_action === 'update') {
    replaceBody(world, view, checked.view);
    return { responseAction: 'update', viewId: view.id };
  }
  const pushed = pushAnswered(world, member.id, checked.view);
  return 'refusal' in pushed
    ? { ok: false, error: pushed.refusal, shown: TROUBLE }
    : { responseAction: 'push', viewId: pushed.id };
}
