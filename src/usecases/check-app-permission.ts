import type { Understanding } from '../domain/understanding.ts';
import { commonVerdict } from '../domain/verdict.ts';
import { appPermissionRows } from './app-scope.ts';
import { type Answer, answer, type Session } from './session.ts';

/** Tells whether the app has app permissions, by the scope of the token that it holds now. */
export async function checkAppPermission(session: Session, { appPermissions }: Understanding): Promise<Answer> {
  const rows = await appPermissionRows(session, appPermissions);
  const verdict = commonVerdict(rows.map((row) => (row.printed || row.through !== null ? 'yes' : 'no')));
  return answer({ kind: 'app-permission-check', rows }, { verdict, asOf: session.facts.readAt });
}
