import { isObject, type Json } from '../json.ts';
import { BLOCKS, MESSAGE_ONLY } from './block-kinds.ts';
import { interactiveElements } from './find-element.ts';
import { byType, type Check, lengthOf, list, only, type Report, say } from './report.ts';
import { checkTablesTogether, textIn } from './tables.ts';

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
const MARKDOWN_CHARACTERS = 12_000;
/** Undocumented; reported between 13,000 and 13,300 (slackapi/bolt-js #2509). Table cells have a limit of their own. */
const BLOCK_TEXT_CHARACTERS = 13_000;

const inMessage = list(byType(BLOCKS), { max: MESSAGE_BLOCKS });
const inView = list(
  byType(
    only(
      BLOCKS,
      Object.keys(BLOCKS).filter((name) => !MESSAGE_ONLY.some((entry) => entry === name)),
    ),
  ),
  {
    max: VIEW_BLOCKS,
  },
);

/** What is wrong with the blocks of a message; empty when Slack would take them. */
export function validateMessageBlocks(blocks: readonly Json[], pointer = '/blocks'): string[] {
  const report = checkBlocks(blocks, inMessage, pointer);
  checkTablesTogether(blocks, pointer, report);
  const markdown = blocks
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + lengthOf(String(block.text ?? '')), 0);
  if (markdown > MARKDOWN_CHARACTERS && blocks.length > 1) {
    say(report, `markdown must have less than ${MARKDOWN_CHARACTERS + 1} characters in all`, pointer);
  }
  return report.lines;
}

/** What is wrong with the blocks of a modal or home tab. */
export function validateViewBlocks(blocks: unknown, pointer: string): string[] {
  return checkBlocks(blocks, inView, pointer).lines;
}

/** Whether all texts of a message's blocks together are more than Slack takes. */
export function blocksTooLong(blocks: readonly Json[]): boolean {
  const outside = blocks.filter((block) => block.type !== 'table' && block.type !== 'data_table');
  return textIn(outside) > BLOCK_TEXT_CHARACTERS;
}

function checkBlocks(blocks: unknown, check: Check, pointer: string): Report {
  const report: Report = { lines: [] };
  check(blocks, pointer, report);
  if (!Array.isArray(blocks)) return report;
  checkBlockIds(blocks, pointer, report);
  for (const [place, block] of blocks.entries()) checkActionIds(block, `${pointer}/${place}`, report);
  checkFocus(blocks, pointer, report);
  return report;
}

function checkBlockIds(blocks: readonly unknown[], pointer: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const [place, block] of blocks.entries()) {
    const id = isObject(block) ? block.block_id : undefined;
    if (id === undefined) continue;
    if (seen.has(id)) say(report, `\`block_id\`: "${String(id)}" already exists`, `${pointer}/${place}/block_id`);
    seen.add(id);
  }
}

/** Action ids are unique within their block; a container's children are blocks of their own. */
function checkActionIds(block: unknown, pointer: string, report: Report): void {
  if (!isObject(block)) return;
  const children = block.type === 'container' ? 'child_blocks' : block.type === 'carousel' ? 'elements' : null;
  const inner = children === null ? null : block[children];
  if (Array.isArray(inner)) {
    for (const [place, child] of inner.entries()) checkActionIds(child, `${pointer}/${children}/${place}`, report);
    return;
  }
  const seen = new Set<unknown>();
  for (const { element } of interactiveElements([block])) {
    const id = element.action_id;
    const list = Array.isArray(block.elements) ? 'elements' : 'actions';
    const place = Array.isArray(block[list]) ? (block[list] as unknown[]).indexOf(element) : 0;
    if (seen.has(id))
      say(report, `\`action_id\`: "${String(id)}" already exists`, `${pointer}/${list}/${place}/action_id`);
    seen.add(id);
  }
}

function checkFocus(blocks: readonly unknown[], pointer: string, report: Report): void {
  const focused = interactiveElements(blocks).filter(({ element }) => element.focus_on_load === true);
  if (focused.length > 1) say(report, 'only one element may have focus_on_load', pointer);
}
