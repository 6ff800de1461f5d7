import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import type { SlackFile, Upload } from './files/types.ts';
import type { Ids } from './ids.ts';
import type { Json } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { Channel, Member, Message } from './workspace/types.ts';

/** An open modal or a published home tab. */
export type StoredView = {
  readonly id: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  /** The view as the app sent it, with missing block and action ids filled in. */
  body: Json;
  hash: string;
  values: Record<string, Record<string, Json>>;
  readonly rootId: string;
  readonly previousId: string | null;
  /** What the person's client shows beside the inputs after `response_action: errors`. */
  errors: Record<string, string>;
};

/** A right to open one modal, given with each interaction. */
export type Trigger = { readonly id: string; readonly user: string; readonly issuedAt: number; used: boolean };

/** A place to answer an interaction without a token. */
export type ResponseUrl = {
  readonly key: string;
  readonly channel: string;
  readonly user: string;
  readonly issuedAt: number;
  uses: number;
  /** The message whose button was pressed; null after a slash command: nothing to replace. */
  readonly source: { readonly ts: string; readonly ephemeral: boolean } | null;
  readonly threadTs: string | null;
};

/** One Web API call received; tokens are never kept. */
export type ApiCall = {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  status: number;
  ok: boolean;
  error: string | null;
};

/** What goes out to the app, by the names of Socket Mode's envelope types. */
export type DeliveryKind = 'events_api' | 'slash_commands' | 'interactive';

/** One try to hand a payload to the app. */
export type Attempt = {
  readonly at: number;
  readonly retry: number;
  readonly reason: string | null;
  /** Which Socket Mode connection got it; null over HTTP or where none was open. */
  connection: number | null;
  ackedWithinMs: number | null;
  failure: string | null;
};

/** One payload on its way to the app, with all its tries. */
export type Delivery = {
  readonly id: string;
  readonly kind: DeliveryKind;
  /** Event type, command, or interaction type. */
  readonly type: string;
  readonly at: number;
  readonly payload: Json;
  readonly attempts: Attempt[];
  acked: boolean;
  ack: unknown;
};

/**
 * A fault for the next calls of a Web API method; `response_url` names the answer addresses, `file_download` and
 * `file_upload` those of files.
 */
export type Fault = {
  readonly id: number;
  readonly method: string;
  times: number;
  readonly fault:
    | { readonly kind: 'ratelimited'; readonly retryAfter: number }
    | { readonly kind: 'error'; readonly error: string }
    | { readonly kind: 'status'; readonly status: number }
    | { readonly kind: 'drop' }
    /** Files only: sent on to another address. */
    | { readonly kind: 'redirect'; readonly location: string }
    /** Files only: a page to sign in, with 200. */
    | { readonly kind: 'login-page' };
};

/** What an assistant thread shows above the composer. */
export type AssistantThread = { status: string; title: string; prompts: unknown[]; clear: (() => void) | null };

/** How payloads leave: Socket Mode or signed HTTP. */
export type Door = {
  /** Hands the payload over once and waits for the acknowledgement, three seconds at most. */
  attempt(kind: DeliveryKind, payload: Json, retry: { num: number; reason: string } | null): Promise<AttemptOutcome>;
  /** Open connections; always 1 over HTTP. */
  open(): number;
  /** Sends a disconnect frame to one or all connections. @returns how many got it */
  disconnect(reason: string, connection?: number): number;
  close(): void;
};

/** What came of one try. */
export type AttemptOutcome = {
  readonly acked: boolean;
  readonly ack: unknown;
  readonly withinMs: number | null;
  readonly failure: string | null;
  readonly connection: number | null;
  /** The app asked not to be sent this event again. */
  readonly noRetry?: boolean;
};

/** The names and secrets of the sandbox workspace and of the one app installed in it. */
export type Identity = {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly emailDomain: string;
  readonly partnerTeamId: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
};

/** Everything one sandbox holds. */
export type World = {
  readonly identity: Identity;
  readonly manifest: Manifest;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly bus: Bus;
  /** `http://127.0.0.1:port`, set once the server listens. */
  origin: string;
  readonly members: Map<string, Member>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message[]>;
  readonly files: Map<string, SlackFile>;
  /** Uploads of the app by the ticket in their address. */
  readonly uploads: Map<string, Upload>;
  readonly homes: Map<string, StoredView>;
  /** Open modals by person, the lowest first. */
  readonly stacks: Map<string, StoredView[]>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly assistantThreads: Map<string, AssistantThread>;
  readonly calls: ApiCall[];
  readonly deliveries: Delivery[];
  readonly faults: Fault[];
  /** Calls left in each rate-limit bucket. */
  readonly budgets: Map<string, { left: number; at: number }>;
  readonly switches: { rateLimits: boolean };
  /** How many of the next deliveries of these kinds are sent twice. */
  readonly duplicates: { left: number; kinds: readonly DeliveryKind[] };
  /** Scopes that the installed token really has; they lag behind the manifest until re-installed. */
  scopes: readonly string[];
  installed: boolean;
  lastTsMicros: number;
  door: Door;
};
