/** What public sources leave open, each with a default; `docs/sandbox.md` gives the reasons. */
export type CarrierxSwitches = {
  /** Where `available_scopes` is filled; CarrierX's own samples show it in the list alone, elsewhere empty. */
  scopesShown: 'everywhere' | 'list-only' | 'nowhere';
  /** How one partner's `available_scopes` are written; documented as text, shown as a list. */
  scopesForm: 'list' | 'text';
  /** Whether the list holds partners whose e-mail address is not verified. */
  unverified: 'shown' | 'hidden';
  /** Whether the list holds all levels below the caller. */
  levels: 'all' | 'children';
  /** Whether lists tell how many rows there are. */
  total: 'number' | 'null';
  /** Status with which every call is refused; null refuses none. */
  refuse: 401 | 403 | 404 | 429 | 500 | null;
};

export const DEFAULTS: CarrierxSwitches = {
  scopesShown: 'everywhere',
  scopesForm: 'list',
  unverified: 'shown',
  levels: 'all',
  total: 'number',
  refuse: null,
};

const VALUES: { readonly [Name in keyof CarrierxSwitches]: readonly CarrierxSwitches[Name][] } = {
  scopesShown: ['everywhere', 'list-only', 'nowhere'],
  scopesForm: ['list', 'text'],
  unverified: ['shown', 'hidden'],
  levels: ['all', 'children'],
  total: ['number', 'null'],
  refuse: [null, 401, 403, 404, 429, 500],
};

/** The switches with some of them turned; null when a name or a value is none of them. */
export function turned(switches: CarrierxSwitches, changes: Record<string, unknown>): CarrierxSwitches | null {
  const fits = Object.entries(changes).every(
    ([name, value]) =>
      Object.hasOwn(VALUES, name) && (VALUES[name as keyof CarrierxSwitches] as unknown[]).includes(value),
  );
  return fits ? { ...switches, ...changes } : null;
}
