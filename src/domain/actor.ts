import type { AccountId, ExtensionId } from './ids.ts';

/** Who sent a message or click, not yet identified with an extension. */
export type Actor =
  | {
      readonly platform: 'slack';
      /** Enterprise id where there is one, else team id: user ids are unique only within it. */
      readonly workspace: string;
      readonly member: string;
      /** Facts the platform states about the member; null when they could not be read, which never allows. */
      readonly standing: MemberStanding | null;
    }
  | {
      readonly platform: 'terminal';
      /** Extension number given with `--as`; null means the owner of the token. */
      readonly extensionNumber: string | null;
    };

/** What a chat platform says about a member. An absent flag counts as unsafe and is set by the adapter accordingly. */
export type MemberStanding = {
  readonly home: boolean;
  readonly deleted: boolean;
  readonly bot: boolean;
  readonly guest: boolean;
  readonly stranger: boolean;
  readonly emailConfirmed: boolean;
  readonly displayName: string;
};

/** How a chat identity was bound to an extension. */
export type LinkProof = 'sign-in' | 'team-messaging-code' | 'sandbox' | 'terminal';

/** A chat identity bound to an extension by a proof; an e-mail address is never one. */
export type IdentityLink = {
  readonly platform: 'slack';
  readonly workspace: string;
  readonly member: string;
  readonly account: AccountId;
  readonly extension: ExtensionId;
  readonly proof: LinkProof;
  readonly linkedAt: number;
};
