/**
 * @typedef {{ ext: string, name: string, added: string[], removed: string[], other: string[], at: number }} Change
 */

/**
 * What differs between two looks at the account, for people seen in both.
 *
 * @param {Map<string, any>} before people by extension number
 * @param {any[]} after
 * @param {number} at milliseconds since 1970
 * @returns {Change[]}
 */
export function changesBetween(before, after, at) {
  return after.flatMap((person) => {
    const old = before.get(person.ext);
    const change = old === undefined ? null : changeOf(old, person, at);
    return change === null ? [] : [change];
  });
}

function changeOf(old, person, at) {
  const had = old.roles.map(roleWords);
  const has = person.roles.map(roleWords);
  const added = has.filter((role) => !had.includes(role));
  const removed = had.filter((role) => !has.includes(role));
  const other = ['status', 'department', 'site', 'name']
    .filter((field) => old[field] !== person[field])
    .map((field) => `${field}: ${old[field] ?? 'none'} → ${person[field] ?? 'none'}`);
  if (added.length + removed.length + other.length === 0) return null;
  return { ext: person.ext, name: person.name, added, removed, other, at };
}

/** A role with the restriction that changes its meaning. @param {any} role */
export function roleWords(role) {
  const name = role.displayName ?? `role ${role.id}`;
  return role.siteRestricted === true ? `${name} (own site only)` : name;
}

/** A change as one sentence. @param {Change} change */
export function changeSentence({ name, ext, added, removed, other }) {
  const parts = [];
  if (added.length > 0) parts.push(`got ${added.join(', ')}`);
  if (removed.length > 0) parts.push(`lost ${removed.join(', ')}`);
  parts.push(...other);
  return `${name} (${ext}) ${parts.join('; ')}`;
}
