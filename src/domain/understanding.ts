/** Outcome of reading a text. `declined` means the words say not to act. */
type ReadingOutcome = 'understood' | 'ask-back' | 'not-understood' | 'declined';

/** What an intent does: answers, changes after confirmation, or settles a request. */
export type Effect = 'read' | 'write' | 'decide';

/** Every intent and its effect. The table of the product description, in its order. */
export const INTENT_EFFECTS = {
  'check-permission': 'read',
  'check-role': 'read',
  'list-permissions': 'read',
  'list-roles-of': 'read',
  'who-has-permission': 'read',
  'who-has-role': 'read',
  'list-roles': 'read',
  'describe-role': 'read',
  'compare-roles': 'read',
  'compare-people': 'read',
  'roles-with-permission': 'read',
  'describe-permission': 'read',
  'assignable-roles': 'read',
  'requestable-roles': 'read',
  'explain-policy': 'read',
  'show-default-role': 'read',
  'explain-access': 'read',
  'explain-error': 'read',
  'check-app-permission': 'read',
  'list-app-permissions': 'read',
  'describe-app-permission': 'read',
  'check-endpoint': 'read',
  'check-scope': 'read',
  'list-scopes': 'read',
  'who-has-scope': 'read',
  'describe-scope': 'read',
  history: 'read',
  export: 'read',
  'list-requests': 'read',
  'show-request': 'read',
  'list-grants': 'read',
  whoami: 'read',
  help: 'read',
  'assign-role': 'write',
  'remove-role': 'write',
  'set-roles': 'write',
  'swap-role': 'write',
  'reset-roles': 'write',
  'copy-roles': 'write',
  'give-permission': 'write',
  'take-permission': 'write',
  offboard: 'write',
  'pause-role': 'write',
  'break-glass': 'write',
  'set-default-role': 'write',
  'create-role': 'write',
  'edit-role': 'write',
  'rename-role': 'write',
  'delete-role': 'write',
  'assign-scope': 'write',
  'remove-scope': 'write',
  'extend-grant': 'write',
  'end-grant': 'write',
  undo: 'write',
  approve: 'decide',
  deny: 'decide',
  'cancel-request': 'decide',
  remind: 'decide',
  'amend-request': 'decide',
  delegate: 'decide',
  link: 'write',
  unlink: 'write',
} as const satisfies Record<string, Effect>;

export type Intent = keyof typeof INTENT_EFFECTS;

/** Whom a sentence means besides named people. Keys combine as "and"; `except` takes people out. */
export type Group = {
  readonly department?: string;
  readonly site?: string;
  readonly role?: string;
  readonly everyone?: true;
  readonly range?: readonly [string, string];
  readonly except?: readonly string[];
};

/** `for` is an ISO 8601 duration; `until` and `from` are instants with offset. An absent time is all nulls. */
type TimeSlots = { readonly for: string | null; readonly until: string | null; readonly from: string | null };

/** What history looks back over; whole local days; an open end is null. */
type Period = { readonly since: string | null; readonly until: string | null };

export type AskAbout =
  | 'person'
  | 'role'
  | 'permission'
  | 'appPermission'
  | 'partner'
  | 'scope'
  | 'group'
  | 'newRole'
  | 'endpoint'
  | 'time'
  | 'request'
  | 'reason'
  | 'intent';

/** What is missing or unclear. For a person the candidates are extension numbers, otherwise names or ids. */
export type Ask = { readonly about: AskAbout; readonly candidates: readonly string[]; readonly text: string };

/** The slots of one act. */
export type Slots = {
  /** Extension numbers in the order named. */
  readonly people: readonly string[];
  readonly group: Group | null;
  /** Display names. */
  readonly roles: readonly string[];
  readonly removedRoles: readonly string[];
  readonly newRole: string | null;
  /** Permission ids. */
  readonly permissions: readonly string[];
  readonly removedPermissions: readonly string[];
  readonly appPermissions: readonly string[];
  readonly partners: readonly string[];
  readonly scopes: readonly string[];
  readonly time: TimeSlots;
  readonly period: Period;
  readonly reason: string | null;
  readonly ticket: string | null;
  readonly request: string | null;
  readonly endpoint: string | null;
  readonly error: { readonly code: string | null; readonly permission: string | null } | null;
  readonly custom: boolean | null;
  readonly negated: boolean;
};

/** A further act of the same sentence. */
export type FurtherAct = Slots & { readonly intent: Intent; readonly effect: Effect };

/** Which words were read as what, for people and for tests; never needed to act. */
export type Evidence = { readonly words: string; readonly as: string; readonly literal: boolean };

/**
 * What a text means: the contract that `rolecall parse` prints.
 *
 * `intent` and `effect` are null only when nothing was understood or the words decline.
 */
export type Understanding = Slots & {
  readonly text: string;
  readonly outcome: ReadingOutcome;
  readonly intent: Intent | null;
  readonly effect: Effect | null;
  readonly dryRun: boolean;
  readonly also: readonly FurtherAct[];
  readonly ask: Ask | null;
  /** Up to three sentences that would work. */
  readonly suggestions: readonly string[];
  /** Present when a name was not said literally, so that the reply can say how it was read. */
  readonly readings: readonly Evidence[];
};

/** Slots with nothing in them. */
export const NO_SLOTS: Slots = {
  people: [],
  group: null,
  roles: [],
  removedRoles: [],
  newRole: null,
  permissions: [],
  removedPermissions: [],
  appPermissions: [],
  partners: [],
  scopes: [],
  time: { for: null, until: null, from: null },
  period: { since: null, until: null },
  reason: null,
  ticket: null,
  request: null,
  endpoint: null,
  error: null,
  custom: null,
  negated: false,
};
