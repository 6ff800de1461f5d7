import { withIncludedAppPermissions } from '../catalogue/lookups.ts';
import type { AppPermissionRow } from '../domain/reply.ts';
import { appPermissionFacts } from './permission-facts.ts';
import type { Session } from './session.ts';

/** How a printed scope carries an app permission: by itself, or through another one that includes it. */
export function carriedBy(printed: readonly string[], id: string): Pick<AppPermissionRow, 'printed' | 'through'> {
  const through = printed.find((each) => each !== id && withIncludedAppPermissions(each).includes(id)) ?? null;
  return printed.includes(id) ? { printed: true, through: null } : { printed: false, through };
}

/** The scope that the token which the assistant uses prints now. */
export function printedScope({ deps }: Session): Promise<readonly string[]> {
  return deps.directories.service.printedAppPermissions();
}

/** App permissions with what is known of them and how the live token carries them. */
export async function appPermissionRows(
  session: Session,
  ids: readonly string[],
): Promise<readonly AppPermissionRow[]> {
  const printed = await printedScope(session);
  return ids.map((id) => ({ facts: appPermissionFacts(id), ...carriedBy(printed, id) }));
}
