import { APP_METHODS } from './app.ts';
import { ASSISTANT_METHODS } from './assistant.ts';
import { CHAT_METHODS } from './chat.ts';
import { CONVERSATION_METHODS } from './conversations.ts';
import { FILE_METHODS } from './files.ts';
import type { Method } from './method.ts';
import { USER_METHODS } from './users.ts';
import { VIEW_METHODS } from './views.ts';

/** Every Web API method that the sandbox knows, by name. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [
    ...APP_METHODS,
    ...ASSISTANT_METHODS,
    ...CHAT_METHODS,
    ...CONVERSATION_METHODS,
    ...FILE_METHODS,
    ...USER_METHODS,
    ...VIEW_METHODS,
  ].map((method) => [method.name, method]),
);
