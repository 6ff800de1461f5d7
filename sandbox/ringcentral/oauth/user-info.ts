import { ok } from '../http/reply.ts';
import type { Operation } from '../operations/operation.ts';

/** Who the token belongs to. */
export const USER_INFO_OPERATION: Operation = {
  operationId: 'authUserInfo',
  method: 'GET',
  path: '/restapi/oauth/userinfo',
  group: 'Auth',
  availability: null,
  app: null,
  user: null,
  handle({ world, caller: { extension } }) {
    return ok({
      sub: String(extension.id),
      account_id: String(world.account.id),
      given_name: extension.firstName,
      family_name: extension.lastName,
      ...(extension.email === null ? {} : { email: extension.email, email_verified: true }),
    });
  },
};
