import type { PastedError, PastedRequest } from './error-lexicon.ts';
import type { ErrorVerdict, Whose } from './error-verdict.ts';
import type { PermissionId } from './ids.ts';
import type { PermissionAnswer, RefusalReason } from './reply.ts';

/** What is known of an app permission. */
export type AppPermissionFacts = {
  readonly id: string;
  /** False where no public document names it. */
  readonly known: boolean;
  readonly name: string | null;
  readonly description: string | null;
  readonly accessType: string | null;
  /** Granted by RingCentral on request only. */
  readonly onRequest: boolean;
  /** What comes with it, to the end. */
  readonly includes: readonly string[];
  /** App permissions that it comes with. */
  readonly includedBy: readonly string[];
  /** Documented operations that ask for it. */
  readonly operations: readonly string[];
  /** User permissions that those operations ask of the person. */
  readonly userPermissions: readonly string[];
};

/** What is known of a user permission: the account's own dictionary wins over public documents. */
export type UserPermissionFacts = {
  readonly id: PermissionId;
  readonly knownTo: 'account' | 'public' | 'nobody';
  readonly displayName: string | null;
  /** Where the admin portal shows it; taken from documentation of the portal, not printed with the id. */
  readonly portalLocation: string | null;
  /** null: nowhere published. */
  readonly assignable: boolean | null;
  /** Permission to tick in the portal for one that cannot be put on a role by itself. */
  readonly parent: {
    readonly id: PermissionId;
    readonly displayName: string | null;
    readonly inferred: boolean;
  } | null;
  /** Set when the id is a label of the document and servers report another one. */
  readonly label: { readonly id: string; readonly inferred: boolean } | null;
  /** Predefined roles seen to hold it, where no account can be asked. */
  readonly seenIn: readonly string[];
};

/** An operation with both gates, as documents state them. */
export type EndpointFacts = {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string | null;
  readonly appPermission: string | null;
  /** App permissions that include it. */
  readonly includedBy: readonly string[];
  /** What the document labels as user permission. */
  readonly label: string | null;
  /** What the person's roles have to hold. */
  readonly userPermission: PermissionId | null;
  /** True where `userPermission` is our reading and not what a server was seen to report. */
  readonly reportedInferred: boolean;
  readonly feature: string | null;
  readonly group: string | null;
  readonly availability: string | null;
  readonly retired: boolean;
  readonly note: string | null;
  readonly older: string | null;
  readonly sources: readonly string[];
};

/** What a look at the live account added. */
export type LiveLook =
  | {
      readonly kind: 'people';
      readonly answers: readonly PermissionAnswer[];
      readonly reachesOthers: readonly boolean[];
    }
  /** The token that the assistant itself uses. */
  | { readonly kind: 'app'; readonly printed: boolean; readonly through: string | null }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | { readonly kind: 'unreachable' };

/** One error, explained. */
export type ErrorFinding = {
  /** null where only a status or a page is known. */
  readonly error: PastedError | null;
  readonly verdict: ErrorVerdict;
  /** Whose problem it is once the account was looked at. */
  readonly whose: Whose;
  readonly documented: boolean;
  /** HTTP status as stated in the paste, else as documented. */
  readonly status: number | null;
  readonly app: AppPermissionFacts | null;
  readonly permission: UserPermissionFacts | null;
  readonly live: LiveLook | null;
};

/** Everything that a paste tells. */
export type Explanation = {
  readonly findings: readonly ErrorFinding[];
  readonly more: number;
  readonly request: PastedRequest | null;
  readonly endpoint: EndpointFacts | null;
  readonly page: boolean;
  readonly truncated: boolean;
  /** The answer of a call that worked. */
  readonly success: boolean;
  readonly vendor: string | null;
  /** Whether an account could be asked. */
  readonly account: boolean;
};

/** The verdict on the whole: the first error's; of a call that worked, that it works. */
export function whoseProblem({ findings, success }: Explanation): Whose {
  return findings[0]?.whose ?? (success ? 'works-now' : 'unknown');
}
