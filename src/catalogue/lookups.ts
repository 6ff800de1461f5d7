import { appPermissions, endpoints, errorCodes, partnerScopes } from './catalogue.ts';
import type { Endpoint, ErrorCode, PartnerScope } from './schema.ts';

/**
 * An app permission with everything it includes, itself first.
 *
 * Unknown ids come back alone: a token may carry a scope that no document names yet.
 */
export function withIncludedAppPermissions(id: string): readonly string[] {
  const closed = [id];
  for (let next = 0; next < closed.length; next += 1) {
    const row = appPermissions().find((permission) => permission.id === closed[next]);
    for (const included of row?.includes ?? []) if (!closed.includes(included)) closed.push(included);
  }
  return closed;
}

/** The row of an error code, in any case; null when no document names it. */
export function findErrorCode(code: string): ErrorCode | null {
  const wanted = code.toUpperCase();
  return errorCodes().find((row) => row.code === wanted) ?? null;
}

/** Scopes with this number, in table order; the table gives 74 to several. */
export function scopesWithId(id: number): readonly PartnerScope[] {
  return partnerScopes().filter((scope) => scope.id === id);
}

/**
 * The operation that `method path` names; `~`, numbers and `{placeholders}` stand for ids.
 *
 * A path segment written out in the document wins over a placeholder (`user-role/default` over `user-role/{roleId}`).
 */
export function findEndpoint(method: string, path: string): Endpoint | null {
  const wanted = segments(path);
  const fits = endpoints().filter((row) => row.method === method.toUpperCase() && matches(segments(row.path), wanted));
  return fits.sort((a, b) => placeholders(a.path) - placeholders(b.path))[0] ?? null;
}

function segments(path: string): readonly string[] {
  return (path.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');
}

function matches(template: readonly string[], path: readonly string[]): boolean {
  return (
    template.length === path.length && template.every((segment, at) => segment.startsWith('{') || segment === path[at])
  );
}

function placeholders(path: string): number {
  return path.split('{').length;
}
