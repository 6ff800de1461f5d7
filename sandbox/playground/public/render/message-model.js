/**
 * @typedef {object} Entry  one line of a conversation
 * @property {'message' | 'command'} kind
 * @property {string} key
 * @property {number} at  milliseconds since 1970
 * @property {string} user
 * @property {string} text
 * @property {any[]} blocks
 * @property {any[]} attachments
 * @property {any[]} files
 * @property {boolean} isApp
 * @property {boolean} isPrivate  seen by one person only
 * @property {boolean} isEdited
 * @property {string | null} threadTs
 * @property {Entry[]} replies
 */

/**
 * The messages of a place and the commands typed there, in one order, replies below what they answer. A reply whose
 * first message cannot be seen stands for itself.
 *
 * @param {any[]} messages as the Slack sandbox gives them
 * @param {{ key: string, at: number, text: string }[]} commands
 * @param {{ botUserId: string, me: string }} context
 * @returns {Entry[]}
 */
export function conversation(messages, commands, context) {
  const entries = messages.map((message) => messageEntry(message, context));
  const byTs = new Map(entries.map((entry) => [entry.key, entry]));
  const top = [];
  for (const entry of entries) {
    const parent = entry.threadTs === null || entry.threadTs === entry.key ? undefined : byTs.get(entry.threadTs);
    if (parent === undefined) top.push(entry);
    else parent.replies.push(entry);
  }
  return [...top, ...commands.map((command) => commandEntry(command, context))].sort((a, b) => a.at - b.at);
}

function messageEntry(message, { botUserId }) {
  const ts = String(message?.ts ?? '');
  return {
    kind: 'message',
    key: ts,
    at: Number(ts) * 1000 || 0,
    user: String(message?.user ?? ''),
    text: String(message?.text ?? ''),
    blocks: list(message?.blocks),
    attachments: list(message?.attachments),
    files: list(message?.files),
    isApp: message?.user === botUserId,
    isPrivate: isPrivate(message),
    isEdited: Boolean(message?.edited),
    threadTs: message?.thread_ts ?? null,
    replies: [],
  };
}

function isPrivate(message) {
  return message?.ephemeral === true;
}

function commandEntry(command, { me }) {
  return {
    kind: 'command',
    key: command.key,
    at: command.at,
    user: me,
    text: command.text,
    blocks: [],
    attachments: [],
    files: [],
    isApp: false,
    isPrivate: true,
    isEdited: false,
    threadTs: null,
    replies: [],
  };
}

function list(value) {
  return Array.isArray(value) ? value : [];
}
