import type { Understanding } from '../domain/understanding.ts';
import { appPermissionRows } from './app-scope.ts';
import { type Answer, answer, type Session } from './session.ts';

/** Tells what an app permission allows, what comes with it and who needs it; by public documents and the live token. */
export async function describeAppPermission(session: Session, { appPermissions }: Understanding): Promise<Answer> {
  const rows = await appPermissionRows(session, appPermissions);
  return answer({ kind: 'app-permission-description', rows }, { asOf: session.facts.readAt });
}
