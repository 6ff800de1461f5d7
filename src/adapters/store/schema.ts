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
    /** `pending_id` of the change that this one takes back. */
    undoes: string | null;
    /** 1 once it is known that RingCentral's list moved by it. */
    effect: Generated<number>;
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
    /** Hash of the entry before. */
    prev: string;
    hash: string;
  };
  /** Which extensions the entries of a trail are about, to find them by. */
  about: {
    trail: 'audit' | 'seen';
    subject: string;
    seq: number;
  };
  seen: {
    seq: number;
    at: number;
    actor: string;
    action: string;
    subject: string | null;
    reference: string;
    body: string;
  };
  /** One row: the sequence number given last. */
  seen_head: {
    id: number;
    seq: number;
  };
  stored_record: {
    kind: string;
    id: string;
    version: number;
    state: string;
    owner: string | null;
    subject: string | null;
    ref: string | null;
    created_at: number;
    ends_at: number | null;
    body: string;
  };
  due: {
    id: string;
    kind: string;
    ref: string;
    due_at: number;
    /** When it may be claimed: the due date, the end of a lease, or the time of the next try. */
    next_at: number;
    /** Counts the claims and whatever else takes the row away from a claimer; never falls. */
    fence: number;
    attempts: number;
    lease_by: string | null;
    last_error: string | null;
    done_at: number | null;
    parked_at: number | null;
  };
  shared_state: {
    name: string;
    version: Generated<number>;
    /** Empty until something was written. */
    body: Generated<string>;
  };
  keepsake: {
    name: string;
    version: Generated<number>;
    body: Uint8Array;
  };
  /** One row: the sequence number and the hash given last. */
  audit_head: {
    id: number;
    seq: number;
    hash: string;
  };
};
