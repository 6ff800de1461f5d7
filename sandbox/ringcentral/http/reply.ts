/** What an operation answers. `json` undefined and no `raw` means an empty body. */
export type Reply = {
  readonly status: number;
  readonly json?: unknown;
  readonly raw?: { readonly type: string; readonly bytes: Buffer };
  readonly headers?: Readonly<Record<string, string>>;
};

/** 200 with a JSON body. */
export function ok(json: unknown): Reply {
  return { status: 200, json };
}

/** 204 without a body. */
export const NO_CONTENT: Reply = { status: 204 };
