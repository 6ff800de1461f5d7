import { expandAppPermissions } from '../account/dictionary.ts';
import { failure } from '../http/failure.ts';
import type { Caller } from '../operations/operation.ts';
import type { World } from '../world.ts';
import { maySignIn } from './sign-in.ts';

/** Finds out who calls, by the Authorization header or the `access_token` parameter. @throws {ApiFailure} 401 */
export function identify(world: World, header: string | undefined, parameter: string | null): Caller {
  const token = readToken(header, parameter);
  const session = world.sessions.use(token);
  if (session === 'expired') throw failure(401, 'OAU-128', 'Access token expired.');
  const extension = session === 'unknown' ? undefined : world.account.byId.get(String(session.extensionId));
  if (session === 'unknown' || extension === undefined || !maySignIn(extension)) {
    throw failure(401, 'OAU-213', 'Token not found');
  }
  return { extension, session, scopes: expandAppPermissions(session.scopes) };
}

function readToken(header: string | undefined, parameter: string | null): string {
  if (header === undefined) {
    if (parameter !== null) return parameter;
    throw failure(401, 'AGW-401', 'Authorization header is not specified');
  }
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw failure(401, 'AGW-402', 'Invalid Authorization header');
  return token;
}
