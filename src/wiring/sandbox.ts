import { fileURLToPath } from 'node:url';
import type { RunningSandbox, SandboxOptions } from '#handlers/terminal/composition.ts';
import { type AccountId, type ExtensionId, extensionId } from '../domain/ids.ts';
import type { Store } from '../usecases/ports.ts';

/** What Slack knows about the app; the stand-in reads the same file. */
const MANIFEST = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

/** Loaded only when there are no credentials: with them, no line of the sandbox runs. */
export async function startSandboxes(options: SandboxOptions & { readonly rateLimits?: boolean }) {
  const sandbox = await import('#sandbox/start.ts');
  return sandbox.startSandboxes({ manifestPath: MANIFEST, ...options });
}

type Sandboxes = Awaited<ReturnType<typeof startSandboxes>>;

/** Runs the stand-ins alone and describes them for any client. */
export async function describeSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { ringcentral, slack, carrierx, close } = await startSandboxes(options);
  const { serverUrl, clientId, clientSecret, jwt, tokens, controlUrl } = ringcentral;
  const { apiUrl, botToken, appToken, signingSecret } = slack;
  return {
    description: {
      ringcentral: { serverUrl, clientId, clientSecret, jwt, tokens, controlUrl },
      slack: { apiUrl, botToken, appToken, signingSecret, controlUrl: slack.controlUrl },
      carrierx: { baseUrl: carrierx.baseUrl, token: carrierx.token, controlUrl: carrierx.controlUrl },
    },
    close,
  };
}

/** Identities that the sandbox's account file says are linked from the start, with the tokens some of them gave. */
export async function plantIdentities(
  { ringcentral, slack, identities }: Pick<Sandboxes, 'ringcentral' | 'slack' | 'identities'>,
  account: AccountId,
  store: Store,
): Promise<void> {
  const now = Date.now();
  const ids = new Map(ringcentral.people.map((person) => [person.ext, extensionId(person.extensionId)]));
  await plantTokens(ringcentral.grants, ids, store, now);
  for (const { member, ext } of identities) {
    const extension = ids.get(ext);
    if (!extension) continue;
    await store.links.save(
      { platform: 'slack', workspace: slack.teamId, member, account, extension, proof: 'sandbox', linkedAt: now },
      {
        at: now,
        actor: 'sandbox',
        action: 'identity.linked',
        subject: extension,
        reference: 'START',
        body: JSON.stringify({ member, proof: 'sandbox' }),
      },
    );
  }
}

/** Stores the sessions that some people gave the app, encrypted like any other. */
export async function plantTokens(
  grants: Sandboxes['ringcentral']['grants'],
  ids: ReadonlyMap<string, ExtensionId>,
  store: Pick<Store, 'tokens'>,
  now: number,
): Promise<void> {
  for (const [ext, grant] of Object.entries(grants)) {
    const extension = ids.get(ext);
    if (!extension) continue;
    await store.tokens.save(extension, {
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken,
      expiresAt: now + grant.expiresInSeconds * 1000,
      refreshExpiresAt: now + grant.refreshExpiresInSeconds * 1000,
      scope: grant.scope,
    });
  }
}
