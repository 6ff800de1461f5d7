import { isObject, type Json } from '../json.ts';
import type { Problem } from './message-content.ts';
import { plainText } from './objects.ts';
import { boolean, type Check, list, object, oneOf, type Report, say, string } from './report.ts';
import { validateViewBlocks } from './validate.ts';

const VIEW_BYTES = 250_000;
const common = {
  blocks: list(() => undefined),
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};

const modal: Check = object(
  {
    ...common,
    type: oneOf('modal'),
    title: plainText(24),
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
  },
  ['type', 'title', 'blocks'],
);
const home: Check = object({ ...common, type: oneOf('home') }, ['type', 'blocks']);

/**
 * Checks a view by Slack's rules.
 *
 * @param type - what the method takes; null where the view's own type decides
 */
export function checkView(
  given: unknown,
  type: 'modal' | 'home' | null,
): { readonly view: Json } | { readonly problem: Problem } {
  if (!isObject(given))
    return { problem: { error: 'invalid_arguments', details: ['must provide an object [json-pointer:/view]'] } };
  const report: Report = { lines: [] };
  const wanted = type ?? (given.type === 'home' ? 'home' : 'modal');
  (wanted === 'home' ? home : modal)(given, '/view', report);
  report.lines.push(...validateViewBlocks(given.blocks, '/view/blocks'));
  checkSubmit(given, report);
  if (report.lines.length > 0) return { problem: { error: 'invalid_arguments', details: report.lines } };
  if (Buffer.byteLength(JSON.stringify(given)) > VIEW_BYTES)
    return { problem: { error: 'view_too_large', details: [] } };
  return { view: given };
}

/** A modal that asks for input must have a way to hand it in. */
function checkSubmit(view: Json, report: Report): void {
  const asks = Array.isArray(view.blocks) && view.blocks.some((block) => isObject(block) && block.type === 'input');
  if (view.type === 'modal' && asks && view.submit === undefined)
    say(report, 'missing required field: submit', '/view');
}
