import { scopesOf } from './effective-permissions.ts';
import type { PermissionId } from './ids.ts';
import { reachesFurther } from './permission-reach.ts';
import type { PermissionScope } from './permissions.ts';
import type { PermissionPath, Verdict } from './reply.ts';

/**
 * Decides what to say about one permission of one person.
 *
 * `self-only` is for what reaches further for others, such as ReadCallLog; where Self is all there is, as with
 * Meetings, holding it is simply yes. `unseen` tells that not everything could be read: then a missing permission
 * cannot be called a no, and an unknown reach cannot be called a yes.
 */
export function decideVerdict(permission: PermissionId, paths: readonly PermissionPath[], unseen: boolean): Verdict {
  if (paths.length === 0) return unseen ? 'cannot-tell' : 'no';
  return verdictOfScopes(permission, scopesOf(paths), unseen);
}

/** The verdict for a permission that is held with these scopes. */
function verdictOfScopes(permission: PermissionId, scopes: readonly PermissionScope[], unseen: boolean): Verdict {
  if (!reachesFurther(permission)) return 'yes';
  if (scopes.some((scope) => scope !== 'Self')) return 'yes';
  return unseen || scopes.length === 0 ? 'cannot-tell' : 'self-only';
}

/** One verdict for several answers: theirs when they agree, otherwise none. */
export function commonVerdict(verdicts: readonly Verdict[]): Verdict | null {
  const [first] = verdicts;
  return first !== undefined && verdicts.every((verdict) => verdict === first) ? first : null;
}
