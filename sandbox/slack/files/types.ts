/** Where a file was posted. */
type Share = { readonly channel: string; readonly ts: string; readonly threadTs: string | null };

/** A file as the workspace keeps it. */
export type SlackFile = {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  /** Slack's own short word for the kind, such as `csv`. */
  readonly filetype: string;
  /** Whose it is; the bot user for what the app uploaded. */
  readonly user: string;
  readonly bytes: Buffer;
  /** Sandbox time, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Address of a file that another service keeps; null for those in Slack. */
  readonly externalUrl: string | null;
  deleted: boolean;
  readonly shares: Share[];
};

/** An upload of the app between its first and its last step. */
export type Upload = {
  readonly fileId: string;
  readonly name: string;
  readonly length: number;
  /** What arrived at the upload address; null before. */
  bytes: Buffer | null;
  completed: boolean;
};
