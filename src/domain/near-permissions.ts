import type { PermissionId } from './ids.ts';

/** Words that say what may be done and how far, not with what. */
const MANNER = new Set(
  'read edit view add remove manage configure company user users own account all assigned'.split(' '),
);

/** What a permission is about, whatever it allows: `ReadCompanyCallLog` and `EditCallLog` are both about call logs. */
function subjectOf(permission: string): string {
  const words = permission.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return words
    .map((word) => word.toLowerCase().replace(/s$/, ''))
    .filter((word) => !MANNER.has(word) && !MANNER.has(`${word}s`))
    .join(' ');
}

/**
 * Permissions that somebody holds and that are about the same as one they lack: what they may take it for.
 *
 * Read from the names, so it explains and never decides.
 */
export function nearPermissions(wanted: PermissionId, held: Iterable<PermissionId>): readonly PermissionId[] {
  const subject = subjectOf(wanted);
  if (subject === '') return [];
  return [...held].filter((each) => each !== wanted && subjectOf(each) === subject).sort();
}
