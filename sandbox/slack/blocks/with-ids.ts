import type { Ids } from '../ids.ts';
import { isObject, type Json } from '../json.ts';

const PARENTS = ['elements', 'actions', 'child_blocks'] as const;
const SINGLE = ['accessory', 'element'] as const;
/** Elements that carry an action id; images and texts do not. */
const INTERACTIVE =
  /^(button|icon_button|feedback_buttons|workflow_button|checkboxes|radio_buttons|overflow|datepicker|timepicker|datetimepicker|file_input|.*_select|.*_text_input|plain_text_input|number_input)$/;

/** Copies blocks and gives each block and interactive element without an id one, as Slack does before it keeps them. */
export function withIds(ids: Ids, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => fill(ids, { ...block, block_id: block.block_id ?? ids.code(5) }));
}

function fill(ids: Ids, parent: Json): Json {
  const filled: Json = { ...parent };
  for (const key of PARENTS) {
    const children = filled[key];
    if (Array.isArray(children))
      filled[key] = children.map((child) => (isObject(child) ? fillChild(ids, child) : child));
  }
  for (const key of SINGLE) {
    const child = filled[key];
    if (isObject(child)) filled[key] = fillChild(ids, child);
  }
  return filled;
}

function fillChild(ids: Ids, child: Json): Json {
  if (typeof child.type === 'string' && INTERACTIVE.test(child.type)) {
    return { ...child, action_id: child.action_id ?? ids.code(5) };
  }
  if (Array.isArray(child.actions) || child.type === 'actions' || child.type === 'section') {
    return fill(ids, { ...child, block_id: child.block_id ?? ids.code(5) });
  }
  return child;
}
