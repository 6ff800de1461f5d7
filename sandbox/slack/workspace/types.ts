import type { Json } from '../json.ts';

/** What a member is, for whoever chooses one to act as. */
export type MemberKind = 'member' | 'guest' | 'stranger' | 'bot' | 'imposter' | 'app';

/** One account that the workspace knows. */
export type Member = {
  readonly id: string;
  readonly kind: MemberKind;
  /** RingCentral extension number of the same person; null where there is none. */
  readonly ext: string | null;
  readonly teamId: string;
  /** The handle after the at-sign. */
  handle: string;
  realName: string;
  email: string | null;
  emailConfirmed: boolean;
  deleted: boolean;
  isBot: boolean;
  isRestricted: boolean;
  isUltraRestricted: boolean;
  isStranger: boolean;
  isAdmin: boolean;
  isOwner: boolean;
  readonly botId: string | null;
  readonly appId: string | null;
  readonly tz: string;
  updatedAt: number;
};

/** A channel or a direct-message conversation with the app. */
export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'im';
  /** Shared with another company over Slack Connect. */
  readonly extShared: boolean;
  archived: boolean;
  readonly members: Set<string>;
};

/** A message as the workspace keeps it. */
export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly botId: string | null;
  text: string;
  blocks: Json[];
  attachments: Json[];
  readonly threadTs: string | null;
  /** Ids of the files it carries. */
  readonly files: readonly string[];
  /** The only person who sees it; null for everybody in the channel. */
  readonly onlyFor: string | null;
  edited: { user: string; ts: string } | null;
  metadata: Json | null;
  /** Typed or posted in sandbox time, milliseconds since the epoch. */
  readonly at: number;
  /** What inputs inside the message hold. */
  values: Record<string, Record<string, Json>>;
};
