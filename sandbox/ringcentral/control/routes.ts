import type { FaultRequest } from '../faults.ts';
import { makeCredential } from '../plant.ts';
import { changeSwitches, type SwitchChange } from '../switches.ts';
import type { World } from '../world.ts';
import { assignByPortal, changePerson, changeRole, demandPerson } from './portal.ts';
import { renderState } from './state.ts';

export { ControlProblem } from './problem.ts';

type ControlCall = {
  readonly world: World;
  reset(): void;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
};

export type ControlRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Returns the JSON to answer; nothing means `{"ok":true}`. */
  handle(call: ControlCall): unknown;
};

const DAY_SECONDS = 86_400;

function plantToken({ world, body }: ControlCall): object {
  const { ext, scopes } = body as { ext?: string; scopes?: string[] };
  const person = demandPerson(world, ext);
  const session = world.sessions.open(
    {
      extensionId: person.id,
      clientId: world.app.clientId,
      scopes: scopes ?? world.app.scopes,
      accessTtlSeconds: DAY_SECONDS,
      refreshTtlSeconds: null,
      planted: true,
    },
    null,
  );
  return { token: session.access.token };
}

function changeApp({ world, body }: ControlCall): object {
  const { scopes, redirectUris } = body as { scopes?: string[]; redirectUris?: string[] };
  if (scopes !== undefined) world.app.scopes = scopes;
  if (redirectUris !== undefined) world.app.redirectUris = redirectUris;
  return renderApp({ world } as ControlCall);
}

function renderApp({ world }: ControlCall): object {
  const { clientId, name, scopes, redirectUris } = world.app;
  return { clientId, name, scopes, redirectUris };
}

/** Everything the control API can do. */
export const CONTROL_ROUTES: readonly ControlRoute[] = [
  { method: 'GET', path: '/state', handle: ({ world, query }) => renderState(world, query) },
  { method: 'POST', path: '/reset', handle: ({ reset }) => reset() },
  {
    method: 'GET',
    path: '/calls',
    handle: ({ world, query }) => ({ calls: world.calls.since(Number(query.get('since') ?? 0)) }),
  },
  { method: 'DELETE', path: '/calls', handle: ({ world }) => world.calls.clear() },
  { method: 'GET', path: '/faults', handle: ({ world }) => ({ faults: world.faults.list() }) },
  { method: 'POST', path: '/faults', handle: ({ world, body }) => world.faults.add(body as FaultRequest) },
  { method: 'DELETE', path: '/faults', handle: ({ world }) => world.faults.clear() },
  {
    method: 'PUT',
    path: '/limited-mode',
    handle({ world, body }) {
      world.limitedMode = (body as { on?: boolean }).on === true;
      return { on: world.limitedMode };
    },
  },
  { method: 'GET', path: '/switches', handle: ({ world }) => world.switches },
  {
    method: 'PATCH',
    path: '/switches',
    handle({ world, body }) {
      world.switches = changeSwitches(world.switches, body as SwitchChange);
      return world.switches;
    },
  },
  { method: 'POST', path: '/portal/assign', handle: ({ world, body }) => assignByPortal(world, body) },
  {
    method: 'PATCH',
    path: '/portal/person/{ext}',
    handle: ({ world, params, body }) => changePerson(world, params.ext ?? '', body),
  },
  {
    method: 'PATCH',
    path: '/portal/role/{id}',
    handle: ({ world, params, body }) => changeRole(world, params.id ?? '', body),
  },
  { method: 'GET', path: '/app', handle: renderApp },
  { method: 'PATCH', path: '/app', handle: changeApp },
  { method: 'POST', path: '/tokens', handle: plantToken },
  {
    method: 'POST',
    path: '/credentials',
    handle: ({ world, body }) => ({ jwt: makeCredential(world, demandPerson(world, (body as { ext?: string }).ext)) }),
  },
  {
    method: 'POST',
    path: '/clock',
    handle({ world, body }) {
      world.clock.advance(Number((body as { advanceMs?: number }).advanceMs ?? 0));
      return { now: new Date(world.clock.now()).toISOString() };
    },
  },
];
