import { isObject, type Json, tryParse } from '../json.ts';
import { blocksTooLong, validateMessageBlocks } from './validate.ts';

/** Slack cuts the text of a message here. */
const TEXT_LIMIT = 40_000;

/** An error as the Web API answers it, with details where Slack gives some. */
export type Problem = { readonly error: string; readonly details: readonly string[] };

/** What a message says, checked. */
export type MessageContent = {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
};

/**
 * Checks text, blocks and attachments of a message by Slack's rules.
 *
 * @param door - the ceiling on all block texts together has been seen on `chat.*` methods, not on answers to
 * interactions (slackapi/bolt-js #2867)
 */
export function checkMessageContent(
  args: Json,
  door: 'chat' | 'answer',
): MessageContent | { readonly problem: Problem } {
  const blocks = listArgument(args.blocks);
  const attachments = listArgument(args.attachments);
  if (blocks === null) return fail('invalid_blocks_format');
  if (attachments === null) return fail('invalid_attachments');
  const text = typeof args.text === 'string' ? args.text : '';
  if (text === '' && blocks.length === 0 && attachments.length === 0) return fail('no_text');
  const details = validateMessageBlocks(blocks);
  if (details.length > 0) return { problem: { error: 'invalid_blocks', details } };
  if (door === 'chat' && blocksTooLong(blocks)) return fail('msg_blocks_too_long');
  for (const [place, attachment] of attachments.entries()) {
    const inner = Array.isArray(attachment.blocks) ? attachment.blocks.filter(isObject) : [];
    const problems = validateMessageBlocks(inner, `/attachments/${place}/blocks`);
    if (problems.length > 0) return { problem: { error: 'invalid_attachments', details: problems } };
  }
  return { text: [...text].slice(0, TEXT_LIMIT).join(''), blocks, attachments };
}

/** A list given as JSON text (form) or as itself (JSON body); absent is empty, anything else is null. */
function listArgument(value: unknown): Json[] | null {
  const list = typeof value === 'string' && value !== '' ? tryParse(value) : value;
  if (list === undefined || list === null || list === '')
    return value === undefined || value === null || value === '' ? [] : null;
  return Array.isArray(list) && list.every(isObject) ? list : null;
}

function fail(error: string): { problem: Problem } {
  return { problem: { error, details: [] } };
}
