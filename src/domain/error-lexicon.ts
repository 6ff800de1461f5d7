/** What an error says of itself. Only words of safe shape are kept, never the text they stood in. */
export type PastedError = {
  /** Such as `CMN-408`; null where the text names none. */
  readonly code: string | null;
  /** OAuth's own word, such as `invalid_client`. */
  readonly oauthError: string | null;
  /** Permission or app permission named as missing. */
  readonly permission: string | null;
  readonly parameter: string | null;
  /** Feature named as not available. */
  readonly feature: string | null;
};

/** What the reading rests on beside the text: what public documents know. */
export type ErrorLexicon = {
  readonly codes: ReadonlySet<string>;
  /** Words that stand at the top of a body in place of a code. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly oauthErrors: ReadonlySet<string>;
  /** Messages as words, `*` for a value, longest first for each first word. */
  readonly phrases: ReadonlyMap<string, readonly ErrorPhrase[]>;
};

export type ErrorPhrase = { readonly words: readonly string[]; readonly code: string };

/** An error without anything known of it. */
export const NO_ERROR: PastedError = { code: null, oauthError: null, permission: null, parameter: null, feature: null };

/** A request that a text tells of; ids are left out of the path. */
export type PastedRequest = { readonly method: string; readonly path: string };
