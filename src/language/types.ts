import type { Understanding } from '../domain/understanding.ts';

/** Everything that can be named, as the directory, the catalogue and the partner directory know it. */
export type VocabularyInput = {
  readonly people: readonly {
    readonly number: string;
    readonly name: string;
    readonly email: string | null;
    readonly department: string | null;
    readonly site: string | null;
  }[];
  readonly sites: readonly string[];
  readonly departments: readonly string[];
  readonly roles: readonly { readonly displayName: string; readonly custom: boolean }[];
  readonly permissions: readonly { readonly id: string; readonly displayName: string | null }[];
  readonly partners: readonly string[];
};

/** Who speaks, when and where; nothing in it decides a right. */
export type Context = {
  /** Extension number of the asker; null when unknown. */
  readonly asker: string | null;
  /** ISO 8601 with the offset of the asker's zone. */
  readonly now: string;
  /** IANA zone, e.g. `America/Denver`. */
  readonly zone: string;
  /** Chat member id -> extension number, for linked members mentioned in the text; null for one that is not linked. */
  readonly mentions: ReadonlyMap<string, string | null>;
  /** What this thread was last about, for follow-ups. */
  readonly previous: Understanding | null;
};
