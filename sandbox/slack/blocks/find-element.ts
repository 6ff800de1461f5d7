import { isObject, type Json } from '../json.ts';

/** An interactive element with the block that it stands in. */
export type Found = { readonly block: Json; readonly element: Json };

/** All interactive elements of some blocks, in reading order, with cards and containers opened. */
export function interactiveElements(blocks: readonly unknown[]): Found[] {
  const found: Found[] = [];
  for (const block of blocks) {
    if (!isObject(block)) continue;
    for (const element of elementsOf(block)) {
      if (typeof element.action_id === 'string') found.push({ block, element });
    }
    for (const key of ['child_blocks', 'elements']) {
      const inner = block[key];
      if (Array.isArray(inner) && (block.type === 'container' || block.type === 'carousel')) {
        found.push(...interactiveElements(inner));
      }
    }
  }
  return found;
}

/** The element that a click names; with a value given, the one that has it. */
export function findElement(
  blocks: readonly unknown[],
  wanted: { actionId: string; blockId?: string | undefined; value?: string | undefined },
): Found | undefined {
  const named = interactiveElements(blocks).filter(
    ({ block, element }) =>
      element.action_id === wanted.actionId && (wanted.blockId === undefined || block.block_id === wanted.blockId),
  );
  if (wanted.value === undefined) return named[0];
  return named.find(({ element }) => element.value === wanted.value || holdsValue(element, wanted.value));
}

function elementsOf(block: Json): Json[] {
  const single = [block.accessory, block.element].filter(isObject);
  const many = [block.type === 'carousel' ? [] : block.elements, block.actions];
  return [...single, ...many.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []))];
}

/** Feedback buttons hold two values, selects one per option. */
function holdsValue(element: Json, value: string | undefined): boolean {
  const sides = [element.positive_button, element.negative_button].filter(isObject);
  return sides.some((side) => side.value === value);
}
