import { avatar } from './avatar.js';
import { renderBlocks } from './blocks.js';
import { clock } from './dates.js';
import { renderFiles } from './files.js';
import { renderMrkdwn } from './mrkdwn.js';
import { h } from './vnode.js';

/**
 * One line of a conversation with its replies.
 *
 * @param {import('./message-model.js').Entry} entry
 * @param {import('./elements.js').RenderContext & { canReply: boolean, me: string, onReply(entry: any): void, pressOn(entry: any): (action: any) => void }} context
 */
export function renderMessage(entry, context) {
  const classes = [
    'message',
    entry.isApp ? 'from-app' : '',
    entry.isPrivate ? 'private' : '',
    entry.kind === 'command' ? 'command' : '',
  ];
  const name = context.names.user(entry.user);
  return h(
    'li',
    { class: classes.filter(Boolean).join(' '), 'data-ts': entry.key },
    entry.isApp ? h('span', { class: 'avatar app', 'aria-hidden': 'true' }) : avatar(entry.user, name),
    h(
      'article',
      { class: 'message-body', 'aria-label': `${name}, ${clock(new Date(entry.at))}` },
      head(entry, name),
      h('div', { class: 'message-content' }, content(entry, context)),
      h('p', { class: 'delivery', 'data-delivery': entry.key }),
      entry.replies.length === 0
        ? null
        : h(
            'ol',
            { class: 'replies', 'aria-label': 'Replies' },
            entry.replies.map((reply) => renderMessage(reply, { ...context, canReply: false })),
          ),
      context.canReply && entry.kind === 'message' && !entry.isPrivate ? replyButton(entry, context) : null,
    ),
  );
}

function head(entry, name) {
  const time = new Date(entry.at);
  return h(
    'header',
    { class: 'message-head' },
    h('strong', null, name),
    entry.isApp ? h('span', { class: 'badge' }, 'App') : null,
    entry.at > 0 ? h('time', { datetime: time.toISOString(), class: 'quiet small' }, clock(time)) : null,
    entry.isEdited ? h('span', { class: 'quiet small' }, '(edited)') : null,
    entry.isPrivate ? h('span', { class: 'only-you' }, 'Only visible to you') : null,
  );
}

function content(entry, context) {
  if (entry.kind === 'command') return h('code', { class: 'typed-command' }, entry.text);
  const drawing = { ...context, uid: `m${entry.key.replace('.', '-')}`, onAction: context.pressOn(entry) };
  return [
    ...wordsOf(entry, drawing),
    ...renderFiles(entry.files, context.me),
    ...entry.attachments.map((attachment, index) =>
      attached(attachment, { ...drawing, uid: `${drawing.uid}-a${index}` }),
    ),
  ];
}

function wordsOf(entry, context) {
  if (entry.blocks.length > 0) return renderBlocks(entry.blocks, context);
  if (entry.text === '' && entry.files.length > 0) return [];
  return [h('div', { class: 'section-text' }, renderMrkdwn(entry.text, context.names))];
}

function attached(attachment, context) {
  if (Array.isArray(attachment?.blocks))
    return h('div', { class: 'attachment' }, renderBlocks(attachment.blocks, context));
  return h('div', { class: 'attachment' }, renderMrkdwn(attachment?.text ?? attachment?.fallback ?? '', context.names));
}

function replyButton(entry, context) {
  const count = entry.replies.length;
  const words = count === 0 ? 'Reply in thread' : `Reply in thread (${count} ${count === 1 ? 'reply' : 'replies'})`;
  return h(
    'button',
    {
      type: 'button',
      class: 'reply',
      'data-action': 'playground-reply',
      events: { click: () => context.onReply(entry) },
    },
    words,
  );
}
