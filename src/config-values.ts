import { z } from 'zod';

/** What lies behind `https://slack.com/api/` is Slack; anything else is a stand-in on this machine. */
const SLACK_API = 'https://slack.com/api/';

/** Slack's documented token prefixes, told apart so that a token in the wrong variable can be named. */
const SLACK_PREFIXES: readonly { readonly prefix: string; readonly what: string }[] = [
  { prefix: 'xoxb-', what: 'a bot token, which belongs in SLACK_BOT_TOKEN' },
  { prefix: 'xapp-', what: 'an app-level token, which belongs in SLACK_APP_TOKEN' },
  { prefix: 'xoxp-', what: "a person's user token, which is not used here" },
  { prefix: 'xoxe', what: 'a rotating token; switch token rotation off for the app' },
];

/** Whether a host is this machine: 127.0.0.0/8, ::1 or localhost, as `URL` spells them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.[0-9]{1,3}){3}$/.test(hostname);
}

/** A setting with any text. */
export const words = z.string();

/** A credential: one word, and not the example that it was copied from. */
export const secret = z
  .string()
  .refine((value) => !/\s/.test(value), { error: 'holds a space or a line break; paste it again', abort: true })
  .refine((value) => !/^<.*>$|\.\.\.|^your[-_]/i.test(value), { error: 'still holds a placeholder', abort: true });

/** A credential of Slack that starts with `prefix`; another known prefix is named in the answer. */
export function slackToken(prefix: string) {
  return secret.superRefine((value, context) => {
    if (value.startsWith(prefix) && value.length > prefix.length) return;
    const other = misplacedSlackToken(value, prefix);
    context.addIssue(other ? `must start with ${prefix}; it holds ${other}` : `must start with ${prefix}`);
  });
}

function misplacedSlackToken(value: string, wanted: string): string | null {
  const found = SLACK_PREFIXES.find(({ prefix }) => prefix !== wanted && value.startsWith(prefix));
  return found?.what ?? null;
}

/** The signing secret has no prefix of its own, so only a token of another kind is recognised. */
export const signingSecret = secret.superRefine((value, context) => {
  const other = misplacedSlackToken(value, '');
  if (other) context.addIssue(`must be the signing secret; it holds ${other}`);
});

/** RingCentral's server: an origin over https, or over http on this machine. Gives the origin. */
export const serverUrl = z.string().transform((value, context) => {
  const url = plainUrl(value, context);
  if (!url) return z.NEVER;
  if (url.pathname === '/') return url.origin;
  context.addIssue('must be the server alone, such as https://platform.ringcentral.com, without a path');
  return z.NEVER;
});

/** A door of ours that others reach. Gives it without a slash at the end. */
export const publicUrl = z.string().transform((value, context) => {
  const url = plainUrl(value, context);
  return url ? url.href.replace(/\/+$/, '') : z.NEVER;
});

/** An address without credentials, query or fragment, over https unless it is this machine. */
function plainUrl(value: string, context: z.RefinementCtx): URL | null {
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    context.addIssue('must be an address that starts with https://');
    return null;
  }
  if (url.username || url.password || url.search || url.hash) {
    context.addIssue('must hold no user name, password, query or fragment');
    return null;
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    context.addIssue('must start with https://; http:// is for this machine only');
    return null;
  }
  return url;
}

/** Slack's Web API. Gives null for Slack itself, else the address with a slash at the end, on this machine only. */
export function slackApiUrl(loopbackAllowed: boolean) {
  return z.string().transform((value, context) => {
    const url = plainUrl(value, context);
    if (!url) return z.NEVER;
    const address = url.href.endsWith('/') ? url.href : `${url.href}/`;
    if (address === SLACK_API) return null;
    if (!isLoopbackHost(url.hostname)) {
      context.addIssue(
        'names another host than Slack; leave it out, or name a stand-in on this machine for development',
      );
      return z.NEVER;
    }
    if (loopbackAllowed) return address;
    context.addIssue('names a stand-in on this machine; set ROLECALL_ALLOW_LOOPBACK_APIS=1 too if that is meant');
    return z.NEVER;
  });
}

/** A TCP port; 0 takes any that is free. */
export const port = z.string().transform((value, context) => {
  const number = Number(value);
  if (/^[0-9]{1,5}$/.test(value) && number <= 65_535) return number;
  context.addIssue('must be a whole number from 0 to 65535');
  return z.NEVER;
});

/** Whole days, up to ten years. */
export const days = z.string().transform((value, context) => {
  const number = Number(value);
  if (/^[0-9]{1,4}$/.test(value) && number >= 1 && number <= 3_650) return number;
  context.addIssue('must be a whole number of days from 1 to 3650');
  return z.NEVER;
});

/** Yes or no as people write it. */
export const flag = z.string().transform((value, context) => {
  if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
  if (['0', 'false', 'no', 'off'].includes(value.toLowerCase())) return false;
  context.addIssue('must be 1 or 0');
  return z.NEVER;
});

/** 32 bytes, in base64 (also the URL-safe kind) or in hexadecimal digits. */
export const encryptionKey = z.string().transform((value, context) => {
  const bytes = keyBytes(value);
  if (!bytes) {
    context.addIssue('must be 32 bytes in base64 (44 characters) or hexadecimal (64 digits)');
    return z.NEVER;
  }
  if (new Set(bytes).size > 8) return bytes;
  context.addIssue('is not random; make one as .env.example says');
  return z.NEVER;
});

function keyBytes(value: string): Uint8Array | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return new Uint8Array(Buffer.from(value, 'hex'));
  if (/^[A-Za-z0-9+/]{43}=?$/.test(value)) return new Uint8Array(Buffer.from(value, 'base64'));
  if (/^[A-Za-z0-9_-]{43}=?$/.test(value)) return new Uint8Array(Buffer.from(value, 'base64url'));
  return null;
}

/** How much is logged. */
export const logLevel = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' }));

/** The address of a PostgreSQL database. A socket's folder may stand in for the host, as `?host=/run/postgresql`. */
export const databaseUrl = z.string().transform((value, context) => {
  const url = URL.parse(value);
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    context.addIssue('must start with postgresql://, such as postgresql://user:password@host:5432/database');
    return z.NEVER;
  }
  if (url.pathname.length > 1) return value;
  context.addIssue('names no database; add it at the end, such as /rolecall');
  return z.NEVER;
});
