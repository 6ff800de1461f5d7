/** Kinds of Slack accounts that are not plain members, in words. */
const KIND_WORDS = {
  guest: 'guest in this workspace',
  stranger: 'from another company',
  imposter: 'member with a borrowed e-mail address',
  bot: 'another bot',
};

/**
 * What the list of people says about each: role and department of those who have an extension, the kind of the others.
 *
 * @param {{ id: string, kind: string, ext: string | null }[]} members
 * @param {Map<string, any>} byExt people of the account by extension number
 * @returns {Map<string, { line: string, isAdministrator: boolean }>}
 */
export function hintsFor(members, byExt) {
  return new Map(members.map((member) => [member.id, hintFor(member, byExt)]));
}

function hintFor(member, byExt) {
  const person = member.ext === null ? undefined : byExt.get(member.ext);
  if (person === undefined) return { line: KIND_WORDS[member.kind] ?? 'no extension', isAdministrator: false };
  const roles = person.roles.map((role) => role.displayName).join(', ') || 'no role';
  const place = [person.department, person.site].filter(Boolean).join(', ');
  return { line: [roles, place].filter(Boolean).join(' · '), isAdministrator: person.roles.some(isAdministrative) };
}

/** A hint for sorting only, by the role's name; who may do what is RingCentral's to say. */
function isAdministrative(role) {
  return /admin|steward/i.test(role.displayName);
}

/** Whom one can be: not the app itself. @param {any[]} members @param {string} query @param {Map<string, any>} hints */
export function matchPeople(members, query, hints) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return members.filter((member) => {
    if (member.kind === 'app') return false;
    const text = fold(`${member.name} ${member.ext ?? ''} ${hints.get(member.id)?.line ?? ''}`);
    return words.every((word) => text.includes(word));
  });
}

/** People under headings, in the order a newcomer should meet them. @param {any[]} people @param {Map<string, any>} hints */
export function groupPeople(people, hints) {
  const groups = [
    { title: 'Administrators', people: people.filter((person) => hints.get(person.id)?.isAdministrator === true) },
    {
      title: 'Colleagues',
      people: people.filter((person) => person.kind === 'member' && hints.get(person.id)?.isAdministrator !== true),
    },
    {
      title: 'Guests, strangers and others',
      people: people.filter((person) => person.kind !== 'member' && hints.get(person.id)?.isAdministrator !== true),
    },
  ];
  return groups.filter((group) => group.people.length > 0);
}

/** Small letters without accents. @param {string} text */
export function fold(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
