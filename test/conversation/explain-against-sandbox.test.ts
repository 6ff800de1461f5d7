import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Layer, LayerState } from '#src/domain/access.ts';
import type { PermissionAnswer, Saying, Turn } from '#src/domain/reply.ts';
import { understood } from '#test/support/house.ts';
import { RealHouse } from '#test/support/real-house.ts';

let house: RealHouse;
beforeEach(async () => {
  house = await RealHouse.open();
});
afterEach(() => house.close());

type Active = { readonly permission: { readonly id: string }; readonly scopes: readonly string[] };
type StatePerson = {
  readonly ext: string;
  readonly extensionId: string;
  readonly status: string;
  readonly type: string;
  readonly roles: readonly { readonly displayName: string; readonly siteRestricted: boolean }[];
};

/** Somebody's own word: what the stand-in answers to their own token, past the assistant. */
async function own<T>(ext: string, path: string): Promise<T> {
  const response = await fetch(`${house.sandbox.serverUrl}/restapi/v1.0${path}`, {
    headers: { authorization: `Bearer ${house.sandbox.tokens[ext]}` },
  });
  return (await response.json()) as T;
}

async function profileOf(ext: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { permissions } = await own<{ permissions: Active[] }>(ext, '/account/~/extension/~/authz-profile');
  return new Map(permissions.map((each) => [each.permission.id, each.scopes]));
}

async function personOf(ext: string): Promise<StatePerson> {
  const { people } = (await house.control('GET', `/state?q=${ext}&limit=50`)) as { people: StatePerson[] };
  const person = people.find((each) => each.ext === ext);
  if (person === undefined) throw new Error(`nobody has ${ext}`);
  return person;
}

function explained(turn: Turn): Extract<Saying, { kind: 'access-explained' }>['explained'][number] {
  const { saying } = turn.reply;
  const [first] = saying.kind === 'access-explained' ? saying.explained : [];
  if (first === undefined) throw new Error(`said ${JSON.stringify(saying)}`);
  return first;
}

const why = (asker: string, person: string, permission: string) =>
  house.say(
    asker,
    understood('explain-access', { text: `why can't they`, people: [person], permissions: [permission] }),
  );
const stateOf = (layers: readonly Layer[], name: Layer['layer']): LayerState | null =>
  layers.find((each) => each.layer === name)?.state ?? null;

const PEOPLE = ['101', '102', '103', '106', '107', '110', '115', '119'];
const PERMISSIONS = [
  'Meetings',
  'ReadCompanyCallLog',
  'ReadCallLog',
  'ReadUserRoles',
  'EditAssignedRoles',
  'InternationalCalls',
  'ThirdPartyAppAccess',
  'ReadCompanyCallRecordings',
];

describe('each layer agrees with what RingCentral itself shows', () => {
  it('the permission, its reach, the extension, and whose problem it is', async () => {
    for (const ext of PEOPLE) {
      const [profile, person] = [await profileOf(ext), await personOf(ext)];
      for (const permission of PERMISSIONS) {
        const { layers, whose } = explained(await why('104', ext, permission));
        const what = `${ext} ${permission}`;
        const scopes = profile.get(permission);
        expect(stateOf(layers, 'extension'), what).toBe(
          person.status === 'Enabled' && person.type === 'User' ? 'open' : 'closed',
        );
        expect(stateOf(layers, 'permission'), what).toBe(scopes === undefined ? 'closed' : 'open');
        expect(whose === 'user', what).toBe(scopes === undefined || stateOf(layers, 'reach') === 'limited');
        // Claiming too little is the safe mistake; claiming too much is none that may happen.
        if (stateOf(layers, 'reach') === 'open' && permission.startsWith('ReadC'))
          expect(scopes, what).not.toEqual(['Self']);
      }
    }
  });

  it('for oneself, exactly', async () => {
    for (const ext of ['101', '102', '103', '104', '109']) {
      const profile = await profileOf(ext);
      for (const permission of ['ReadCallLog', 'ReadAssignedRoles', 'ReadCompanyCallLog']) {
        const { layers } = explained(await why(ext, ext, permission));
        const scopes = profile.get(permission);
        expect(stateOf(layers, 'permission')).toBe(scopes === undefined ? 'closed' : 'open');
        const reach = scopes === undefined ? null : scopes.every((scope) => scope === 'Self') ? 'limited' : 'open';
        expect(stateOf(layers, 'reach'), `${ext} ${permission} ${scopes}`).toBe(reach);
      }
    }
  });

  it('the site, by the restriction of the role and the sites of its holder', async () => {
    expect((await personOf('125')).roles.every((role) => role.siteRestricted)).toBe(true);
    const { layers } = explained(await why('104', '125', 'EditAssignedRoles'));
    expect(layers).toContainEqual({ layer: 'site', state: 'limited', sites: ['Denver'] });
    expect(stateOf(explained(await why('104', '103', 'EditAssignedRoles')).layers, 'site')).toBe('open');
  });

  it('the extension, as it is now', async () => {
    expect(explained(await why('104', '123', 'Meetings'))).toMatchObject({
      whose: 'plan',
      layers: [{ state: 'closed', status: 'Disabled' }, {}, {}, {}, {}, {}],
    });
    expect(explained(await why('104', '127', 'Meetings'))).toMatchObject({
      whose: 'plan',
      layers: [{ state: 'closed', type: 'Limited' }, {}, {}, {}],
    });
    await house.control('PATCH', '/portal/person/102', { status: 'Disabled' });
    expect(explained(await why('104', '102', 'Meetings'))).toMatchObject({
      whose: 'plan',
      layers: [{ status: 'Disabled' }, {}, {}, {}, {}, {}],
    });
  });

  it('the app, by the scope of the token in use', async () => {
    const { scopes } = (await house.control('GET', '/app')) as { scopes: string[] };
    expect(scopes).toContain('ReadCallLog');
    expect(stateOf(explained(await why('104', '106', 'ReadCompanyCallLog')).layers, 'app')).toBe('open');
  });

  it('the feature, by the answer that the asker gets, and for others not at all', async () => {
    const { extensionId } = await personOf('104');
    const told = await own<{ records: { available: boolean }[] }>(
      '104',
      `/account/~/extension/${extensionId}/features?featureId=ReadAccountCallLog`,
    );
    const { layers } = explained(await why('104', '104', 'ReadCompanyCallLog'));
    expect(stateOf(layers, 'feature')).toBe(told.records[0]?.available ? 'open' : 'closed');
    expect(stateOf(explained(await why('104', '106', 'ReadCompanyCallLog')).layers, 'feature')).toBe('unseen');
  });
});

describe('a cure that is offered', () => {
  const paste = (person: string, text: string) =>
    house.say('104', understood('explain-error', { text, people: [person] }));

  function lookOf(turn: Turn): { readonly whose: string; readonly answer: PermissionAnswer | undefined } {
    const { saying } = turn.reply;
    const finding = saying.kind === 'error-explained' ? saying.explanation.findings[0] : undefined;
    if (finding === undefined) throw new Error(`said ${JSON.stringify(saying)}`);
    return { whose: finding.whose, answer: finding.live?.kind === 'people' ? finding.live.answers[0] : undefined };
  }

  const check = (ext: string, permission: string, target: string) =>
    own<{ successful: boolean }>(
      ext,
      `/account/~/extension/~/authz-profile/check?permissionId=${permission}&targetExtensionId=${target}`,
    );

  it.each([
    ['CMN-408', 'themselves'],
    ['CMN-419', 'somebody else'],
  ])('for %s makes the check say yes, once it is applied, over %s', async (code) => {
    const other = (await personOf('120')).extensionId;
    const pair = fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...PERMISSIONS), fc.nat({ max: 2 }));
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(pair, async ([ext, permission, which]) => {
        const { extensionId, roles } = await personOf(ext);
        const target = code === 'CMN-408' ? extensionId : other;
        const before = lookOf(await paste(ext, `${code} [${permission}]`));
        const cure = before.answer?.cures[which]?.role.displayName;
        if (before.whose !== 'user' || cure === undefined) return;
        expect((await check(ext, permission, target)).successful, `${ext} ${permission} before`).toBe(false);
        const had = roles.map((role) => role.displayName);
        await house.control('POST', '/portal/assign', { ext, roles: [...had, cure] });
        expect((await check(ext, permission, target)).successful, `${ext} ${permission} with ${cure}`).toBe(true);
        expect(lookOf(await paste(ext, `${code} [${permission}]`)).whose).toBe('works-now');
        await house.control('POST', '/portal/assign', { ext, roles: had });
        applied += 1;
      }),
      { numRuns: 25, seed: 6 },
    );
    expect(applied).toBeGreaterThan(3);
  });
});

describe('a tried call', () => {
  it('ends as the asker would find it', async () => {
    for (const ext of ['101', '102', '104']) {
      const text = 'try GET /restapi/v1.0/account/~/call-log';
      const turn = await house.say(ext, understood('check-endpoint', { text, endpoint: text.slice(4) }));
      const { saying } = turn.reply;
      const response = await fetch(`${house.sandbox.serverUrl}/restapi/v1.0/account/~/call-log`, {
        headers: { authorization: `Bearer ${house.sandbox.tokens[ext]}` },
      });
      expect(saying).toMatchObject({
        kind: 'endpoint-needs',
        tried: { kind: 'tried', as: 'own', status: response.status },
      });
    }
  });
});
