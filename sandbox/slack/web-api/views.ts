import { checkView } from '../blocks/validate-view.ts';
import { type Json, textOf, tryParse } from '../json.ts';
import { openModal, publishHome, pushModal, type Refusal, updateView, viewJson } from '../views.ts';
import type { StoredView, World } from '../world.ts';
import { done, failed, failedWith, type Method, type MethodAnswer } from './method.ts';

/** Methods that open, stack and change modals and publish the home tab. */
export const VIEW_METHODS: readonly Method[] = [
  {
    name: 'views.open',
    scopes: [],
    token: 'bot',
    tier: 'tier4',
    run: (world, args) => withTrigger(world, args, openModal),
  },
  {
    name: 'views.push',
    scopes: [],
    token: 'bot',
    tier: 'tier4',
    run: (world, args) => withTrigger(world, args, pushModal),
  },
  { name: 'views.update', scopes: [], token: 'bot', tier: 'tier4', run: update },
  { name: 'views.publish', scopes: [], token: 'bot', tier: 'tier4', run: publish },
];

function withTrigger(
  world: World,
  args: Json,
  act: (world: World, triggerId: string, view: Json) => StoredView | Refusal,
): MethodAnswer {
  const triggerId = textOf(args.trigger_id) ?? textOf(args.interactivity_pointer);
  if (triggerId === undefined)
    return failedWith('invalid_arguments', ['missing required field: trigger_id [json-pointer:/trigger_id]']);
  return withView(world, args, 'modal', (view) => act(world, triggerId, view));
}

function update(world: World, args: Json): MethodAnswer {
  const wanted = {
    viewId: textOf(args.view_id),
    externalId: textOf(args.external_id),
    hash: textOf(args.hash),
  };
  return withView(world, args, null, (view) => updateView(world, wanted, view));
}

function publish(world: World, args: Json): MethodAnswer {
  const user = textOf(args.user_id);
  if (user === undefined || !world.members.has(user)) return failed('user_not_found');
  if (!world.manifest.homeTab) return failed('not_enabled');
  return withView(world, args, 'home', (view) => publishHome(world, user, view, textOf(args.hash)));
}

function withView(
  world: World,
  args: Json,
  type: 'modal' | 'home' | null,
  act: (view: Json) => StoredView | Refusal,
): MethodAnswer {
  const given = typeof args.view === 'string' ? tryParse(args.view) : args.view;
  const checked = checkView(given, type);
  if ('problem' in checked) return failedWith(checked.problem.error, checked.problem.details);
  const outcome = act(checked.view);
  return 'refusal' in outcome ? failed(outcome.refusal) : done({ view: viewJson(world, outcome) });
}
