import { oauthFailure } from '../http/failure.ts';
import type { OpenCall } from './open-route.ts';

type Credentials = { readonly clientId: string; readonly secret: string | null };

/** What the call says about its app: HTTP Basic, or `client_id` in the body of a public app. */
export function claimedClient({ headers, form }: OpenCall): Credentials | null {
  const basic = /^Basic\s+(.+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  if (basic !== undefined) {
    const [clientId = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { clientId: decodeForm(clientId), secret: decodeForm(secret.join(':')) };
  }
  const clientId = form.get('client_id');
  return clientId === null ? null : { clientId, secret: null };
}

/** RFC 6749 asks for form encoding inside Basic; most clients do without it. */
function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Identifies the app. A public app, without a secret, may only use grants that prove possession another way.
 *
 * @throws {ApiFailure} `invalid_client`
 */
export function demandClient(call: OpenCall, options: { publicAllowed: boolean }): string {
  const { app, switches } = call.world;
  const claimed = claimedClient(call);
  if (claimed === null || claimed.clientId !== app.clientId) {
    throw oauthFailure('invalid_client', 'OAU-153', `Invalid client: ${claimed?.clientId ?? ''}`);
  }
  const proven = claimed.secret === null ? options.publicAllowed : claimed.secret === app.clientSecret;
  if (!proven) {
    const status = switches.badClientSecretStatus;
    throw oauthFailure('invalid_client', 'OAU-146', 'Invalid client credentials', { status });
  }
  return app.clientId;
}
