import { createHmac, randomBytes } from 'node:crypto';
import { type Extension, isUser } from './account/model.ts';
import { newToken } from './oauth/sessions.ts';
import type { World } from './world.ts';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;
const WEEK_SECONDS = 604_800;
const SERVICE_EXTENSION = '100';
/** People who are linked with a token of their own from the start. */
const LINKED_WITH_TOKEN = ['101', '102', '103', '104', '105', '109', '125'];

/** An OAuth session with a refresh token, as a sign-in would have left it. */
type PlantedGrant = {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  refreshExpiresInSeconds: number;
  scope: string;
};

/** What is there from the start, by extension number. */
export type Planted = {
  /** Personal JWT credential of the service account. */
  jwt: string;
  /** One bearer token for each named user, with every app permission; lives for a day. */
  tokens: Record<string, string>;
  people: { ext: string; extensionId: string; name: string }[];
  grants: Record<string, PlantedGrant>;
};

/** A personal JWT credential: looks like one, and is known to the sandbox as a whole. */
export function makeCredential(world: World, extension: Extension): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: String(extension.id), aud: `${world.origin}/restapi/oauth/token`, jti: newToken('') };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  const jwt = `${signed}.${createHmac('sha256', randomBytes(32)).update(signed).digest('base64url')}`;
  world.credentials.set(jwt, extension.id);
  return jwt;
}

/** Plants credentials and sessions; planting again after a reset brings the very same ones back. */
export function createPlanter(world: World): { plant(): Planted } {
  const secrets = new Map<string, { access: string; refresh: string }>();
  let jwt: string | null = null;

  function secretsFor(key: string): { access: string; refresh: string } {
    const found = secrets.get(key) ?? { access: newToken('A'), refresh: newToken('R') };
    secrets.set(key, found);
    return found;
  }

  function open(person: Extension, kind: 'token' | 'grant'): PlantedGrant {
    const { access, refresh } = secretsFor(`${kind} ${person.number}`);
    const grant = kind === 'grant';
    world.sessions.open(
      {
        extensionId: person.id,
        clientId: world.app.clientId,
        scopes: world.app.scopes,
        accessTtlSeconds: grant ? HOUR_SECONDS : DAY_SECONDS,
        refreshTtlSeconds: grant ? WEEK_SECONDS : null,
        planted: true,
        tokens: { access, refresh: grant ? refresh : null },
      },
      null,
    );
    return {
      accessToken: access,
      refreshToken: refresh,
      expiresInSeconds: HOUR_SECONDS,
      refreshExpiresInSeconds: WEEK_SECONDS,
      scope: world.app.scopes.join(' '),
    };
  }

  return {
    plant() {
      const named = world.account.extensions.filter((extension) => extension.named);
      const users = named.filter(isUser);
      const service = world.account.byNumber.get(SERVICE_EXTENSION) ?? users[0];
      if (service !== undefined) jwt ??= makeCredential(world, service);
      const linked = users.filter((person) => LINKED_WITH_TOKEN.includes(person.number));
      return {
        jwt: jwt ?? '',
        tokens: Object.fromEntries(users.map((person) => [person.number, open(person, 'token').accessToken])),
        people: named.map(({ number, id, name }) => ({ ext: number, extensionId: String(id), name })),
        grants: Object.fromEntries(linked.map((person) => [person.number, open(person, 'grant')])),
      };
    },
  };
}
