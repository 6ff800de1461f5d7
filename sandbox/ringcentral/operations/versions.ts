import { failure } from '../http/failure.ts';
import { ok } from '../http/reply.ts';
import type { OpenRoute } from '../oauth/open-route.ts';
import type { World } from '../world.ts';

function renderVersion(world: World): object {
  return {
    uri: `${world.origin}/restapi/v1.0`,
    versionString: '1.0.0',
    releaseDate: '2012-09-01T00:00:00.000Z',
    uriString: 'v1.0',
  };
}

/** Versions of the API: open to everybody, never throttled. */
export const VERSION_ROUTES: readonly OpenRoute[] = [
  {
    open: true,
    operationId: 'readAPIVersions',
    method: 'GET',
    path: '/restapi',
    group: 'NoThrottling',
    handle: ({ world }) =>
      ok({
        uri: `${world.origin}/restapi`,
        apiVersions: [renderVersion(world)],
        serverVersion: 'sandbox',
        serverRevision: 'sandbox',
      }),
  },
  {
    open: true,
    operationId: 'readAPIVersion',
    method: 'GET',
    path: '/restapi/{apiVersion}',
    group: 'NoThrottling',
    handle({ world, params }) {
      if (params.apiVersion !== 'v1.0') throw failure(404, 'CMN-120', 'Invalid URI');
      return ok(renderVersion(world));
    },
  },
];
