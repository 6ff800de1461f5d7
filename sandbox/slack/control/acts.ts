import type { ActResult } from '../acts/act.ts';
import { clickElement } from '../acts/click.ts';
import { typeCommand } from '../acts/command.ts';
import { openHome } from '../acts/home.ts';
import { deleteMessage, editMessage, writeMessage } from '../acts/message.ts';
import { closeModal, submitModal } from '../acts/modal.ts';
import { askOptions } from '../acts/options.ts';
import { useShortcut } from '../acts/shortcut.ts';
import { uploadFiles } from '../acts/upload.ts';
import type { Json } from '../json.ts';
import type { World } from '../world.ts';

/** What people can do in their client, by route. */
export const ACTS: Readonly<Record<string, (world: World, body: Json) => Promise<ActResult>>> = {
  'POST /act/command': typeCommand,
  'POST /act/message': writeMessage,
  'POST /act/edit': editMessage,
  'POST /act/delete': deleteMessage,
  'POST /act/click': clickElement,
  'POST /act/options': askOptions,
  'POST /act/submit': submitModal,
  'POST /act/close-view': closeModal,
  'POST /act/home': openHome,
  'POST /act/shortcut': useShortcut,
  'POST /act/upload': uploadFiles,
};
