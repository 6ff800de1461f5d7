import type { ReplyFile, Saying } from '../domain/reply.ts';
import { csv } from './csv.ts';

const COLUMNS = ['extension', 'name', 'department', 'site', 'through', 'reach'] as const;

/** Who has something, one line for each person. */
export function whoHasFile({ subject, negated, rows }: Extract<Saying, { kind: 'who-has' }>): ReplyFile {
  const what = 'permission' in subject ? subject.permission.id : subject.role.displayName;
  const lines = rows.map(({ person, through, scopes }) => [
    person.number,
    person.name,
    person.department ?? '',
    person.site?.name ?? '',
    through
      .map(({ displayName, siteRestricted }) => (siteRestricted ? `${displayName} (limited to sites)` : displayName))
      .join('; '),
    scopes.join('; '),
  ]);
  const name = `${negated ? 'who-lacks' : 'who-has'}-${what.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)}.csv`;
  return { name, mediaType: 'text/csv', content: csv([COLUMNS, ...lines]) };
}
