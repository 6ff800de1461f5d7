import type { Generated } from 'kysely';

/**
 * Tables as both dialects hold them: instants are UTC epoch milliseconds in 8-byte integers, JSON is text, and every
 * row that changes has a `version` or a fence.
 */
export type Tables = {
  identity_link: {
    platform: string;
    workspace: string;
    member: string;
    version: Generated<number>;
    account: string;
    extension: string;
    proof: string;
    linked_at: number;
    unlinked_at: number | null;
  };
  oauth_token: {
    /** Extension id. */
    owner: string;
    version: Generated<number>;
    key_id: string;
    nonce: Uint8Array;
    ciphertext: Uint8Array;
    expires_at: number;
    refresh_expires_at: number | null;
  };
  dedupe: {
    source: string;
    key: string;
    seen_at: number;
    expires_at: number;
  };
  pending: {
    id: string;
    version: number;
    kind: string;
    owner: string;
    state: string;
    body: string;
    created_at: number;
    expires_at: number;
  };
  extension_lease: {
    account: string;
    extension: string;
    holder: string;
    /** Counts the holders; never falls. */
    fence: number;
    until: number;
  };
  intent: {
    id: string;
    version: Generated<number>;
    pending_id: string;
    account: string;
    extension: string;
    asker: string;
    reference: string;
    before_json: string;
    after_json: string;
    created_at: number;
    /** The latest outcome; an `unsettled` one leaves `settled_at` empty. */
    outcome_json: string | null;
    settled_at: number | null;
  };
  thread: {
    thread: string;
    owner: string;
    version: Generated<number>;
    body: string;
    expires_at: number;
  };
  audit: {
    seq: number;
    at: number;
    actor: string;
    action: string;
    subject: string | null;
    reference: string;
    body: string;
  };
  keepsake: {
    name: string;
    version: Generated<number>;
    body: Uint8Array;
  };
  /** One row: the sequence number given last. */
  audit_head: {
    id: number;
    seq: number;
  };
};
