import type { Reply } from '../http/reply.ts';
import type { Group } from '../limiter.ts';
import type { World } from '../world.ts';

/** A call that carries no bearer token: sign-in and version endpoints. */
export type OpenCall = {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Form fields of the body; empty for other bodies. */
  readonly form: URLSearchParams;
  readonly mediaType: string;
};

/** Who a call counts for, as far as it tells before it is judged. */
export type Claimed = { readonly extensionId: number | null; readonly clientId: string | null };

export type OpenRoute = {
  readonly open: true;
  /** Null: a page of the sign-in site, not an operation of the API. */
  readonly operationId: string | null;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly group: Group;
  claims?(call: OpenCall): Claimed;
  handle(call: OpenCall): Reply;
};
