/** Anything that can be found by method and path. */
export type Routed = { readonly method: string; readonly path: string };

export type Match<T> = { readonly route: T; readonly params: Readonly<Record<string, string>> };

export type Router<T> = {
  /** The route, or which of the two reasons there is none. */
  find(method: string, path: string): Match<T> | 'no-such-path' | 'no-such-method';
};

type Compiled<T> = { readonly route: T; readonly pattern: RegExp; readonly literals: number };

/**
 * Finds routes by `{name}` path templates. Where several fit, the one with more literal segments wins, so that
 * `/user-role/default` never ends up in `/user-role/{roleId}`.
 */
export function createRouter<T extends Routed>(routes: readonly T[]): Router<T> {
  const compiled = routes.map(compile).sort((a, b) => b.literals - a.literals);
  return {
    find(method, path) {
      const fits = compiled.filter((entry) => entry.pattern.test(path));
      const entry = fits.find((candidate) => candidate.route.method === method);
      if (entry === undefined) return fits.length === 0 ? 'no-such-path' : 'no-such-method';
      return { route: entry.route, params: decodeAll(entry.pattern.exec(path)?.groups ?? {}) };
    },
  };
}

function compile<T extends Routed>(route: T): Compiled<T> {
  const segments = route.path.split('/').filter((segment) => segment !== '');
  const source = segments.map((segment) => segment.replace(/\{(\w+)\}/, '(?<$1>[^/]+)').replaceAll('.', '\\.'));
  return {
    route,
    pattern: new RegExp(`^/${source.join('/')}/?$`),
    literals: segments.filter((segment) => !segment.startsWith('{')).length,
  };
}

function decodeAll(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
