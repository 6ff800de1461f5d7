import type { AccessExplanation } from './access.ts';
import type { PathTrouble } from './api-path.ts';
import type { UnusableAttachment } from './attachment.ts';
import type { AnswerProof, Verb } from './authority.ts';
import type { BulkResult, Tally } from './bulk.ts';
import type { GuardReason, PersonResult, Plan } from './change.ts';
import type { HeldSide } from './comparison.ts';
import type { AppPermissionFacts, EndpointFacts, Explanation } from './explanation.ts';
import type { FaultCode } from './faults.ts';
import type { GrantEvent, GrantShown } from './grant-event.ts';
import type { HistorySpan, ToldLine } from './history.ts';
import type { PermissionId } from './ids.ts';
import type { Partner, ScopeGrant } from './partners.ts';
import type { Extension } from './people.ts';
import type { Permission, PermissionScope } from './permissions.ts';
import type { RoleOutcome, RolePlan, RoleProblem } from './role-change.ts';
import type { AssignedRole, Role, RoleSummary } from './roles.ts';
import type { TimeTrouble } from './time-span.ts';
import type { AskAbout, Group, Intent, Understanding } from './understanding.ts';

/** `self-only`: held, but only for oneself although the permission reaches further for others. */
export type Verdict = 'yes' | 'no' | 'self-only' | 'cannot-tell';

/** How a person comes to hold a permission. */
export type PermissionPath = {
  /** The permission on the role that brings it: itself, or a parent that includes it. */
  readonly through: PermissionId;
  readonly role: AssignedRole;
  /** How the role reached the person. */
  readonly assigned: 'given' | 'default' | 'automatic';
  readonly scopes: readonly PermissionScope[];
};

/** A role that would turn a "no" into a "yes". */
export type Cure = {
  readonly role: RoleSummary;
  /** Permissions it brings besides the one asked for, that the person does not have yet. */
  readonly extra: readonly PermissionId[];
  /** Whether the asker could give it themselves. */
  readonly askerMayGive: boolean;
};

export type PermissionAnswer = {
  readonly person: Extension;
  readonly permission: Permission;
  readonly verdict: Verdict;
  readonly paths: readonly PermissionPath[];
  /** With `cannot-tell`: why. */
  readonly unseen: string | null;
  readonly cures: readonly Cure[];
  /** Roles that could not be looked into just now, of which more may bring it. */
  readonly rolesUnread?: number;
  /** Assignable parent to tick in the portal, when the permission itself cannot be put on a role. */
  readonly assignableParent: PermissionId | null;
};

export type RoleAnswer = {
  readonly person: Extension;
  readonly role: RoleSummary;
  readonly assignment: AssignedRole | null;
};

export type HeldPermission = {
  readonly permission: Permission;
  readonly scopes: readonly PermissionScope[];
  readonly roles: readonly string[];
};

export type WhoHasRow = {
  readonly person: Extension;
  readonly through: readonly AssignedRole[];
  readonly scopes: readonly PermissionScope[];
};

/** A permission that two roles or two people do not hold alike; null where one does not hold it. */
export type ComparedPermission = {
  readonly permission: Permission;
  readonly one: HeldSide | null;
  readonly other: HeldSide | null;
};

/** What sets two apart and what they share. */
export type Compared = {
  readonly differing: readonly ComparedPermission[];
  readonly common: readonly Permission[];
};

/** Somebody's roles, beside those of somebody else. */
export type ComparedPerson = { readonly person: Extension; readonly roles: readonly AssignedRole[] };

/** Everything that is known about what a permission is. */
export type PermissionFacts = {
  readonly permission: Permission;
  /** `dictionary`: RingCentral's own, read from this account; `file`: public documents only; `nowhere`: neither. */
  readonly known: 'dictionary' | 'file' | 'nowhere';
  /** Where the admin portal shows it, where a document says so. */
  readonly portal: string | null;
  /** What comes with it, to the end. */
  readonly includes: readonly Permission[];
  /** What it comes with, to the end. */
  readonly includedIn: readonly Permission[];
  /** `includes` is the rule "edit includes view" and not printed by anybody. */
  readonly includesInferred: boolean;
  /** Whether it can be put on a role by itself; null when nobody says. */
  readonly assignable: boolean | null;
  /** Those to tick in the portal when it cannot be put on a role by itself. */
  readonly assignableParents: readonly Permission[];
  /** How far it was seen to reach in profiles of real accounts; empty where none shows it. */
  readonly scopes: readonly PermissionScope[];
  /** App permissions that operations ask for beside it. */
  readonly appPermissions: readonly string[];
  /** Id that a server reports instead of this one, which is a label of the documents only. */
  readonly runtimeId: string | null;
  /** Public documents behind what does not come from the account. */
  readonly sources: readonly string[];
};

/** Whether a role can be given to somebody; `held` when they have it already. */
export type AssignableRole = {
  readonly role: RoleSummary;
  readonly held: boolean;
  /** What stands against it; null when nothing does. */
  readonly guard: GuardReason | null;
};

/** Whether a partner has a scope. */
export type ScopeAnswer = {
  readonly partner: Partner;
  readonly scope: string;
  /** `cannot-tell` when CarrierX showed no scopes at all. */
  readonly verdict: Extract<Verdict, 'yes' | 'no' | 'cannot-tell'>;
  readonly grant: ScopeGrant | null;
};

/** A partner scope as the published table has it. */
export type ScopeFacts = {
  readonly name: string;
  readonly id: number;
  readonly category: string;
  readonly description: string;
  readonly covers: readonly string[];
  /** Of the same family, and not covered. */
  readonly leavesOut: readonly string[];
  /** The `.manage` scope that covers this one. */
  readonly coveredBy: string | null;
};

/** One selectable answer to a question back. */
export type Choice = { readonly value: string; readonly label: string; readonly detail: string | null };

/** A line of a list that cannot be used. */
export type ListTrouble = {
  readonly line: number;
  readonly words: string;
  readonly why: 'nobody' | 'several' | 'no-such-role' | 'unreadable';
};

/** Why somebody is refused: an expected "no", never a failure. */
export type RefusalReason =
  | { readonly kind: 'not-linked' }
  | { readonly kind: 'guest' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'bot' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'unknown-member' }
  /** The member's e-mail address was never confirmed to the chat platform. */
  | { readonly kind: 'unconfirmed' }
  | { readonly kind: 'link-ended'; readonly why: string }
  | { readonly kind: 'unknown-extension'; readonly extension: string }
  /** The asker's own right is missing. */
  | {
      readonly kind: 'no-right';
      readonly verb: Verb;
      readonly permission: PermissionId;
      readonly target: Extension | null;
      readonly extended: boolean;
    }
  | { readonly kind: 'outside-site'; readonly target: Extension; readonly sites: readonly string[] }
  /** What was asked for is about the whole account, and the asker's right reaches only some sites. */
  | { readonly kind: 'whole-account-only' }
  /** The app's token lacks an app permission: a set-up fault of the app, not of the asker. */
  | { readonly kind: 'app-lacks-scope'; readonly scope: string }
  | { readonly kind: 'guard'; readonly people: readonly { readonly person: Extension; readonly guard: GuardReason }[] }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'already-settled'; readonly state: string }
  | { readonly kind: 'stale' }
  | { readonly kind: 'too-long'; readonly limit: number }
  | { readonly kind: 'too-many-people'; readonly limit: number }
  /** There is no temporary role of that person, or none of that name. */
  | { readonly kind: 'no-grant'; readonly person: Extension; readonly role: string | null }
  /** It has ended, or got another end, since the button was made. */
  | { readonly kind: 'grant-moved' }
  /** A longer time takes the right to give the role; without it only whoever gave it can help. */
  | { readonly kind: 'may-not-extend'; readonly givenBy: Extension | null }
  /** The time that was said cannot be taken. */
  | { readonly kind: 'time'; readonly trouble: TimeTrouble }
  /** A group was named that nobody belongs to. */
  | { readonly kind: 'nobody-found' }
  /** Giving a role for some sites only is done in the admin portal. */
  | { readonly kind: 'sites-not-offered'; readonly site: string; readonly roles: readonly string[] }
  /** The definition of a role cannot be changed like this. */
  | { readonly kind: 'role'; readonly problem: RoleProblem }
  /** The change of many people that a button belongs to is over, or there is none. */
  | { readonly kind: 'bulk-over' }
  /** It is still under way: what it came to is known when it is over. */
  | { readonly kind: 'bulk-running' }
  /** Lines of a list that name nobody, several people or no role; nothing of the list is used then. */
  | {
      readonly kind: 'list';
      readonly name: string;
      readonly troubles: readonly ListTrouble[];
      /** How many there are, of which some are named. */
      readonly total: number;
    }
  /** The file that came with the words cannot be used. */
  | { readonly kind: 'attachment'; readonly attachment: UnusableAttachment }
  /** No change of the asker, or to that person, took effect that could be taken back. */
  | { readonly kind: 'nothing-to-undo' }
  | { readonly kind: 'already-undone'; readonly reference: string }
  /** Somebody whom the change concerned is not in the account any more. */
  | { readonly kind: 'person-gone' }
  /** Partner scopes are told to the people whom policy names. */
  | { readonly kind: 'not-carrierx-administrator' }
  | { readonly kind: 'no-carrierx' };

/** A next step that is one click away. `check-again` asks the same once more, `give` leads to the preview of a change. */
export type Offer = (
  | { readonly kind: 'check-again' }
  | { readonly kind: 'give'; readonly person: Extension; readonly role: RoleSummary }
) & { readonly button: Button };
/** One way to give or to take a permission, with what it does besides. */
export type PermissionWay = {
  readonly way: 'assign' | 'remove' | 'swap' | 'edit';
  /** Roles that go; for `edit` the one that is changed. */
  readonly removed: readonly RoleSummary[];
  /** The role that comes; null where none does. */
  readonly role: RoleSummary | null;
  /** What comes and goes besides what was asked for, for anybody of those it is about. */
  readonly gains: readonly PermissionId[];
  readonly losses: readonly PermissionId[];
  /** With `edit`: how many people hold the role. */
  readonly holders: number;
  /** What stands against it, for whom; empty for a way that the asker may take. */
  readonly blocked: readonly { readonly person: Extension; readonly guard: GuardReason }[];
};

/** An app permission, and how the live token carries it. */
export type AppPermissionRow = {
  readonly facts: AppPermissionFacts;
  readonly printed: boolean;
  readonly through: string | null;
};

/** Whether people pass the second gate of a call. */
export type EndpointLook =
  /** `wide`: the call is about others than the caller. */
  | { readonly kind: 'people'; readonly answers: readonly PermissionAnswer[]; readonly wide: boolean }
  | { readonly kind: 'nothing-needed' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'unreachable' };

/** A call that was to be tried. */
type Tried =
  | {
      readonly kind: 'tried';
      /** Whose token made it: the asker's own or the app's. */
      readonly as: 'own' | 'app';
      readonly status: number;
      readonly errorCode: string | null;
      readonly missing: string | null;
      /** What a refusal means. */
      readonly explanation: Explanation | null;
    }
  | { readonly kind: 'not-tried'; readonly why: 'no-read' | 'ids' | 'no-token' | 'not-listed' };

/** What the assistant has to say, before any platform or wording. */
export type Saying =
  | { readonly kind: 'permission-check'; readonly answers: readonly PermissionAnswer[] }
  | { readonly kind: 'role-check'; readonly answers: readonly RoleAnswer[] }
  | { readonly kind: 'permissions-of'; readonly person: Extension; readonly held: readonly HeldPermission[] }
  | {
      readonly kind: 'roles-of';
      readonly people: readonly { readonly person: Extension; readonly roles: readonly AssignedRole[] }[];
    }
  | {
      readonly kind: 'history';
      /** Whose; null for everybody whom the asker may see. */
      readonly people: readonly Extension[] | null;
      readonly roles: readonly string[];
      readonly period: HistorySpan;
      /** Nobody was named, and the asker may see no more than what concerns themselves. */
      readonly ownOnly: boolean;
      /** Sites that it is limited to; null where it is not. */
      readonly sites: readonly string[] | null;
      readonly lines: readonly ToldLine[];
      /** How many lines there are, of which the newest are told. */
      readonly total: number;
      /** False when older entries of the trail were not looked through. */
      readonly complete: boolean;
      readonly readAt: number;
    }
  /** The end of the audit trail, told where it can be found again. */
  | { readonly kind: 'anchor'; readonly seq: number; readonly hash: string }
  /** A record was put into a file. */
  | {
      readonly kind: 'exported';
      readonly what: 'audit';
      readonly period: HistorySpan;
      readonly entries: number;
      /** False when there are more entries than fit: the newest are left out. */
      readonly complete: boolean;
      readonly readAt: number;
    }
  | {
      readonly kind: 'who-has';
      readonly subject: { readonly permission: Permission } | { readonly role: RoleSummary };
      readonly group: Group | null;
      readonly negated: boolean;
      readonly rows: readonly WhoHasRow[];
      /** What could not be seen, e.g. people outside the asker's sites. */
      readonly unseen: string | null;
    }
  | {
      readonly kind: 'role-list';
      readonly custom: boolean | null;
      readonly roles: readonly RoleSummary[];
      readonly hiddenFromAsker: boolean;
    }
  | {
      readonly kind: 'role-description';
      readonly role: Role;
      readonly permissions: readonly Permission[];
      /** Null when RingCentral does not show the default role. */
      readonly isDefault: boolean | null;
      /** How many hold it, as far as the asker may see; null when they may not or it could not be read. */
      readonly holders: { readonly count: number; readonly withinSites: boolean } | null;
    }
  | {
      readonly kind: 'role-comparison';
      readonly roles: readonly [Role, Role];
      readonly compared: Compared;
      /** Further roles that were named and not looked at. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly kind: 'people-comparison';
      readonly people: readonly [ComparedPerson, ComparedPerson];
      readonly compared: Compared;
      /** What could not be seen, and what is read cautiously. */
      readonly unseen: readonly string[];
      /** Further people who were named and not looked at. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly kind: 'permission-description';
      readonly facts: PermissionFacts;
      /** Predefined ones, smallest first. */
      readonly roles: readonly { readonly role: RoleSummary; readonly through: PermissionId }[];
    }
  | {
      readonly kind: 'assignable-roles';
      readonly person: Extension;
      readonly roles: readonly AssignableRole[];
      /** `ringcentral`: its own listing for the asker; otherwise computed, and why. */
      readonly source: 'ringcentral' | 'no-token' | 'no-feature' | 'no-permission';
      /** The question was about these roles only. */
      readonly asked: boolean;
      readonly hiddenFromAsker: boolean;
    }
  | { readonly kind: 'default-role'; readonly role: RoleSummary }
  | { readonly kind: 'scope-check'; readonly answers: readonly ScopeAnswer[] }
  | {
      readonly kind: 'scopes-of';
      readonly partners: readonly { readonly partner: Partner; readonly parent: string | null }[];
      /** Scopes of the published table, to tell known names and what they cover. */
      readonly known: readonly string[];
    }
  | {
      readonly kind: 'who-has-scope';
      readonly scope: string;
      readonly negated: boolean;
      readonly rows: readonly { readonly partner: Partner; readonly through: string | null }[];
      /** Partners of which CarrierX showed no scopes. */
      readonly unshown: readonly string[];
    }
  | { readonly kind: 'scope-description'; readonly scopes: readonly ScopeFacts[] }
  | {
      readonly kind: 'roles-with-permission';
      readonly permission: Permission;
      /** Smallest first. */
      readonly roles: readonly {
        readonly role: RoleSummary;
        readonly through: PermissionId;
        readonly others: number;
      }[];
      readonly hiddenFromAsker: boolean;
    }
  | {
      readonly kind: 'access-explained';
      readonly explained: readonly AccessExplanation[];
      /** The question said that something does not work. */
      readonly negative: boolean;
      readonly offers: readonly Offer[];
    }
  | { readonly kind: 'error-explained'; readonly explanation: Explanation; readonly offers: readonly Offer[] }
  | {
      readonly kind: 'app-permissions';
      /** As the live token's scope prints them. */
      readonly printed: readonly AppPermissionFacts[];
      /** What comes with them. */
      readonly included: readonly { readonly id: string; readonly through: string | null }[];
    }
  | { readonly kind: 'app-permission-check'; readonly rows: readonly AppPermissionRow[] }
  | { readonly kind: 'app-permission-description'; readonly rows: readonly AppPermissionRow[] }
  | {
      readonly kind: 'endpoint-needs';
      readonly endpoint: EndpointFacts;
      /** The app permission and how the token that the assistant uses carries it; null where none is needed. */
      readonly app: { readonly id: string; readonly printed: boolean; readonly through: string | null } | null;
      readonly look: EndpointLook;
      readonly tried: Tried | null;
    }
  | {
      readonly kind: 'endpoint-unknown';
      readonly asked: string | null;
      /** Why the address is no call of the API; null where it merely is in no document. */
      readonly trouble: PathTrouble | null;
    }
  | {
      readonly kind: 'whoami';
      readonly person: Extension;
      readonly roles: readonly AssignedRole[];
      readonly proof: string;
      readonly mayChangeRoles: Verdict;
      readonly ownToken: boolean;
    }
  | {
      readonly kind: 'help';
      readonly topic: string | null;
      readonly examples: readonly {
        /** Null where the topic says it already. */
        readonly about: 'people' | 'roles' | 'changes' | null;
        readonly say: string;
        readonly does: string;
      }[];
    }
  | {
      readonly kind: 'change-preview';
      readonly plan: Plan;
      readonly confirm: Button;
      readonly cancel: Button;
      readonly expiresAt: number;
      readonly moved: boolean;
    }
  | { readonly kind: 'dry-run'; readonly plan: Plan }
  | { readonly kind: 'nothing-to-change'; readonly plan: Plan }
  | { readonly kind: 'changed'; readonly results: readonly PersonResult[]; readonly undo: Button | null }
  | {
      /** How far to go with people who were changed after the change that is to be undone. */
      readonly kind: 'undo-question';
      readonly touched: readonly {
        readonly person: Extension;
        readonly earlier: readonly AssignedRole[];
        readonly left: readonly AssignedRole[];
        readonly now: readonly AssignedRole[];
      }[];
      /** People of the same change whom nobody changed since. */
      readonly others: number;
      /** Put back exactly, take back only that change, leave these people as they are. */
      readonly buttons: readonly Button[];
    }
  | {
      readonly kind: 'role-preview';
      readonly plan: RolePlan;
      readonly confirm: Button;
      readonly cancel: Button;
      readonly expiresAt: number;
      readonly moved: boolean;
    }
  | { readonly kind: 'role-dry-run'; readonly plan: RolePlan }
  /** The role already is as it is wanted. */
  | { readonly kind: 'role-unchanged'; readonly plan: RolePlan }
  | {
      readonly kind: 'role-changed';
      readonly plan: RolePlan;
      readonly outcome: RoleOutcome;
      /** Null when nothing took effect. */
      readonly undo: Button | null;
    }
  | {
      /** A change of many people: how far it is, or what came of it. */
      readonly kind: 'bulk';
      readonly state: 'running' | 'waiting' | 'done';
      /** While it waits for RingCentral: when it goes on; UTC epoch milliseconds. */
      readonly resumesAt: number | null;
      /** Why it ended before everybody's turn came. */
      readonly stopped: 'by-person' | RefusalReason | null;
      readonly total: number;
      readonly counts: Tally;
      /** Everybody who is neither changed nor as wanted already; told when it is done. */
      readonly trouble: readonly BulkResult[];
      /** People of the preview whom something stood against. */
      readonly leftOut: number;
      readonly reference: string;
      readonly buttons: readonly Button[];
    }
  | {
      /** The roles through which a permission can be given or taken; one is chosen by its button. */
      readonly kind: 'permission-ways';
      readonly act: 'give' | 'take';
      readonly permissions: readonly Permission[];
      /** Whom it is about: those who lack what is to be given, or have what is to be taken. */
      readonly people: readonly Extension[];
      /** Of those asked about, who needs nothing: they have it already, or do not have it. */
      readonly already: readonly Extension[];
      /** Best first. */
      readonly ways: readonly PermissionWay[];
      /** One for each way that the asker may take, in their order. */
      readonly buttons: readonly Button[];
      /** Ways that are not shown because better ones are. */
      readonly more: number;
      /** Roles that could not be looked into just now. */
      readonly unread: number;
      /** Set when people have it through different roles, so that no one way serves all. */
      readonly apart: readonly { readonly person: Extension; readonly roles: readonly RoleSummary[] }[];
    }
  | { readonly kind: 'working'; readonly people: number }
  | { readonly kind: 'cancelled' }
  /** What became of a role that is held for a time, told without being asked. */
  | { readonly kind: 'grant-event'; readonly event: GrantEvent; readonly at: number }
  | {
      /** A longer time, or the end now, to be confirmed. */
      readonly kind: 'grant-preview';
      readonly grant: GrantShown;
      /** Null for the end now. */
      readonly endsAt: number | null;
      readonly at: number;
      readonly confirm: Button;
      readonly cancel: Button;
      readonly expiresAt: number;
    }
  | { readonly kind: 'grant-extended'; readonly grant: GrantShown; readonly at: number }
  | {
      readonly kind: 'grant-list';
      /** `own` where the asker may not see those of others. */
      readonly whose: 'own' | 'named' | 'all';
      readonly rows: readonly GrantShown[];
      readonly at: number;
    }
  | {
      readonly kind: 'ask-back';
      readonly intent: Intent;
      readonly about: AskAbout;
      readonly words: string;
      readonly choices: readonly Choice[];
      readonly buttons: readonly Button[];
      /** Set when the question is what should take the place of somebody's only role; null otherwise. */
      readonly lastRole: { readonly person: Extension; readonly role: string } | null;
    }
  | { readonly kind: 'not-understood'; readonly suggestions: readonly string[]; readonly otherLanguage: boolean }
  | { readonly kind: 'declined' }
  /** `part`: what of it is not there yet; `time` when the change itself is, but not for a time or at a time. */
  | { readonly kind: 'not-available'; readonly intent: Intent; readonly part: 'all' | 'time' }
  /** A file came with words that no file is used for; `intent` null when the words said nothing else. */
  | { readonly kind: 'file-unused'; readonly file: string; readonly intent: Intent | null }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | {
      readonly kind: 'fault';
      readonly code: FaultCode;
      readonly errorCode: string | null;
      readonly retryAfterMs: number | null;
      readonly missing: string | null;
      readonly settled: 'unchanged' | 'unknown';
    };

/** Everything that a button may ask for. */
export const BUTTON_ACTIONS = [
  'confirm',
  'confirm-role',
  'confirm-grant',
  'cancel',
  'choose',
  'undo',
  'stop',
  'retry',
  'offer',
  'extend-grant',
  'end-grant',
  'retry-end',
] as const;
export type ButtonAction = (typeof BUTTON_ACTIONS)[number];

/**
 * A button. What a click carries is only this: an opaque id of a stored question (of a stored change for `undo`, of a grant for `extend-grant`, `end-grant` and `retry-end`), its version, and the action; for a
 * choice also the position of the choice. Everything else is looked up, and the clicker's right is established again.
 */
export type Button = {
  readonly action: ButtonAction;
  readonly id: string;
  readonly version: number;
  /** Position of the choice or offer; null for other actions. */
  readonly index: number | null;
};

/** Outcome words of `rolecall ask --json`. */
export type TurnOutcome =
  | 'answered'
  | 'changed'
  | 'confirm-needed'
  | 'approval-needed'
  | 'ask-back'
  | 'declined'
  | 'refused'
  | 'not-understood'
  | 'fault';

/**
 * A file that belongs to a reply: what is too long to read in a chat, or made to be kept. The door hands it to the asker
 * alone and says where it went.
 */
export type ReplyFile = {
  /** With its ending and without any folder: letters, digits, `.`, `-` and `_`. */
  readonly name: string;
  /** Such as `text/csv` or `application/jsonl`. */
  readonly mediaType: string;
  /** All of it; written out as UTF-8. Whoever makes it keeps cells from being read as formulas. */
  readonly content: string;
};

/** One platform-neutral reply. Renderers in `cards` turn it into Block Kit or text. */
export type Reply = {
  readonly saying: Saying;
  readonly outcome: TurnOutcome;
  readonly verdict: Verdict | null;
  /** How the words were read, when they were not literal; e.g. `"chirs" as Chris Young (109)`. */
  readonly readings: readonly string[];
  /** When the facts were read; UTC epoch milliseconds; null where none were. */
  readonly asOf: number | null;
  readonly proof: AnswerProof | null;
  /** Short id that finds this turn in log and audit. */
  readonly reference: string;
  readonly file?: ReplyFile;
};

/** A reply with what machines want to know about it (`ask --json`). */
export type Turn = {
  readonly reply: Reply;
  readonly understanding: Understanding | null;
  readonly facts: {
    readonly people: readonly string[];
    readonly roles: readonly string[];
    readonly permissions: readonly string[];
    readonly changes: readonly {
      readonly extension: string;
      readonly before: readonly string[];
      readonly after: readonly string[];
    }[];
  };
};

/** What a person's home page shows: who they are and what they may do, their temporary roles, what they can say. */
export type Home = { readonly whoami: Reply; readonly grants: Reply | null; readonly help: Reply };
