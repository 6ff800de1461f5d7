import { isObject, type Json, textOf, tryParse } from '../json.ts';
import type { AssistantThread, World } from '../world.ts';
import { done, failed, type Method, type MethodAnswer } from './method.ts';

/** A status goes away by itself after this long. */
const STATUS_LIVES_MS = 120_000;

/** Methods of the agent surface: status line, suggested prompts, thread title. */
export const ASSISTANT_METHODS: readonly Method[] = [
  {
    name: 'assistant.threads.setStatus',
    scopes: ['chat:write', 'assistant:write'],
    token: 'bot',
    tier: 'none',
    run: setStatus,
  },
  {
    name: 'assistant.threads.setSuggestedPrompts',
    scopes: ['assistant:write'],
    token: 'bot',
    tier: 'tier4',
    run: setPrompts,
  },
  { name: 'assistant.threads.setTitle', scopes: ['assistant:write'], token: 'bot', tier: 'tier4', run: setTitle },
];

function setStatus(world: World, args: Json): MethodAnswer {
  const status = args.status;
  if (typeof status !== 'string') return failed('invalid_arguments');
  const messages = typeof args.loading_messages === 'string' ? tryParse(args.loading_messages) : args.loading_messages;
  if (Array.isArray(messages) && messages.length > 10) return failed('invalid_arguments');
  return onThread(world, args, (thread) => {
    thread.clear?.();
    thread.status = status;
    thread.clear = status === '' ? null : world.clock.after(STATUS_LIVES_MS, () => (thread.status = ''));
  });
}

function setPrompts(world: World, args: Json): MethodAnswer {
  const prompts = typeof args.prompts === 'string' ? tryParse(args.prompts) : args.prompts;
  const fine = Array.isArray(prompts) && prompts.length > 0 && prompts.length <= 4;
  if (!fine || !prompts.every((prompt) => isObject(prompt) && textOf(prompt.title) && textOf(prompt.message))) {
    return failed('invalid_arguments');
  }
  return onThread(world, args, (thread) => {
    thread.prompts = prompts;
  });
}

function setTitle(world: World, args: Json): MethodAnswer {
  const title = textOf(args.title);
  if (title === undefined) return failed('invalid_arguments');
  return onThread(world, args, (thread) => {
    thread.title = title;
  });
}

function onThread(world: World, args: Json, change: (thread: AssistantThread) => void): MethodAnswer {
  const channel = world.channels.get(textOf(args.channel_id) ?? '');
  if (channel === undefined || !channel.members.has(world.identity.botUserId)) return failed('channel_not_found');
  const key = `${channel.id}:${textOf(args.thread_ts) ?? ''}`;
  const thread = world.assistantThreads.get(key) ?? { status: '', title: '', prompts: [], clear: null };
  world.assistantThreads.set(key, thread);
  change(thread);
  world.bus.tell({ type: 'assistant', channel: channel.id });
  return done();
}
