/**
 * What the words in the composer are: a slash command, a message, or something that cannot be sent.
 *
 * @typedef {{ kind: 'command', command: string, text: string } | { kind: 'message', text: string } | { kind: 'problem', problem: string }} Written
 */

/**
 * @param {string} words as typed
 * @param {{ commands: { command: string }[], labels: Map<string, string> }} known commands, and mention labels by id
 * @returns {Written | null} null when there is nothing to send
 */
export function readWords(words, { commands, labels }) {
  const text = words.trim();
  if (text === '') return null;
  if (!text.startsWith('/')) return { kind: 'message', text: withMentions(text, labels) };
  const [, command = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  if (commands.some((entry) => entry.command === command)) {
    return { kind: 'command', command, text: withMentions(rest, labels) };
  }
  return {
    kind: 'problem',
    problem: `${command} is not a command of this workspace. Known: ${commands.map((entry) => entry.command).join(', ') || 'none'}.`,
  };
}

/**
 * How each member is written after the at-sign: the name, and the extension or id too where two share a name.
 *
 * @param {{ id: string, name: string, ext: string | null }[]} members
 * @returns {Map<string, string>} id to label
 */
export function mentionLabels(members) {
  const counts = new Map();
  for (const { name } of members) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(members.map(({ id, name, ext }) => [id, counts.get(name) > 1 ? `${name} (${ext ?? id})` : name]));
}

/**
 * Turns `@Alice Anderson` into the mention that Slack's composer would send. The longest label wins; what nobody is
 * called stays text.
 *
 * @param {string} text
 * @param {Map<string, string>} labels id to label
 */
export function withMentions(text, labels) {
  if (!text.includes('@')) return text;
  const byLabel = new Map([...labels].map(([id, label]) => [label.toLowerCase(), id]));
  const lengths = [...new Set([...byLabel.keys()].map((label) => label.length))].sort((a, b) => b - a);
  return text.replace(/(?<=^|[\s(,;])@([^@]*)/gu, (all, rest) => {
    for (const length of lengths) {
      const id = byLabel.get(rest.slice(0, length).toLowerCase());
      if (id !== undefined && !/^[\p{L}\p{N}]/u.test(rest.slice(length))) return `<@${id}>${rest.slice(length)}`;
    }
    return all;
  });
}

/**
 * What could follow at the cursor: commands at the start of a line that begins with `/`, members after an `@`.
 *
 * @param {string} before the text left of the cursor
 * @param {{ commands: any[], labels: Map<string, string> }} known
 * @returns {{ from: number, options: { insert: string, label: string, detail: string }[] } | null}
 */
export function completionsFor(before, { commands, labels }) {
  if (/^\/\S*$/.test(before)) {
    const options = commands
      .filter((entry) => entry.command.startsWith(before) && entry.command !== before)
      .map((entry) => ({
        insert: `${entry.command} `,
        label: entry.command,
        detail: entry.usageHint || entry.description || '',
      }));
    return options.length === 0 ? null : { from: 0, options };
  }
  const at = /(?:^|[\s(,;])@([^@\n]{0,40})$/u.exec(before);
  if (at === null) return null;
  const typed = at[1].toLowerCase();
  const options = [...labels.values()]
    .filter((label) =>
      label
        .toLowerCase()
        .split(/\s+/)
        .some((_, index, words) => words.slice(index).join(' ').startsWith(typed)),
    )
    .slice(0, 6)
    .map((label) => ({ insert: `@${label} `, label: `@${label}`, detail: '' }));
  return options.length === 0 ? null : { from: before.length - at[1].length - 1, options };
}
