import { z } from 'zod';
import * as values from './config-values.ts';
import { Fault } from './domain/faults.ts';

/** What the configuration is read for; it decides what has to be there. */
export type Purpose = 'start' | 'ask' | 'other';

type LogLevel = 'debug' | 'info' | 'warn' | 'error';

type RingCentralConfig = {
  /** Origin without a slash at the end. */
  readonly serverUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of the service account. */
  readonly jwt: string;
  /** The server is this machine: development by itself, and the only place where `--as` is allowed. */
  readonly loopback: boolean;
};

type SlackConfig = {
  readonly botToken: string;
  /** A stand-in on this machine, with a slash at the end; null for Slack itself. */
  readonly apiUrl: string | null;
} & (
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string }
);

type CarrierxConfig = {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
};

type Common = {
  readonly dataDir: string;
  /** PostgreSQL instead of a file in `dataDir`; null for the file, and always in the sandbox. Holds a password. */
  readonly databaseUrl: string | null;
  /** How long it is remembered who saw what about others. */
  readonly looksKeptDays: number;
  /** 0 takes any free port. */
  readonly port: number;
  /** Without a slash at the end. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array | null;
  readonly policyFile: string | null;
  readonly approversChannel: string | null;
};

/** The environment, understood. In the sandbox nothing outside this process is talked to. */
export type Config =
  | (Common & { readonly mode: 'sandbox' })
  | (Common & {
      readonly mode: 'live';
      readonly ringcentral: RingCentralConfig;
      readonly slack: SlackConfig | null;
      readonly carrierx: CarrierxConfig | null;
    });

export type Environment = Readonly<Record<string, string | undefined>>;

const COMMON = z.object({
  ROLECALL_DATA_DIR: values.words.default('data'),
  PORT: values.port.default(3000),
  PUBLIC_URL: values.publicUrl.optional(),
  LOG_LEVEL: values.logLevel.default('info'),
  ROLECALL_LOOKS_KEPT_DAYS: values.days.default(180),
  ROLECALL_ENCRYPTION_KEY: values.encryptionKey.optional(),
  ROLECALL_POLICY: values.words.optional(),
  ROLECALL_APPROVERS_CHANNEL: values.words.optional(),
  ROLECALL_ALLOW_LOOPBACK_APIS: values.flag.default(false),
});

const RINGCENTRAL = z.object({
  RC_SERVER_URL: values.serverUrl,
  RC_APP_CLIENT_ID: values.secret,
  RC_APP_CLIENT_SECRET: values.secret,
  RC_USER_JWT: values.secret,
});

const CARRIERX = z.object({ CARRIERX_BASE_URL: values.publicUrl, CARRIERX_TOKEN: values.secret });

function slackSchema(loopbackAllowed: boolean) {
  return z.object({
    SLACK_BOT_TOKEN: values.slackToken('xoxb-'),
    SLACK_APP_TOKEN: values.slackToken('xapp-').optional(),
    SLACK_SIGNING_SECRET: values.signingSecret.optional(),
    SLACK_API_URL: values.slackApiUrl(loopbackAllowed).optional(),
  });
}

const DATABASE = z.object({ DATABASE_URL: values.databaseUrl.optional() });

/** Known, but nothing reads them yet. Those of RingCentral say, like the others, that the sandbox is not meant. */
const LATER = ['RC_BOT_TOKEN', 'RC_BOT_VERIFICATION_TOKEN', 'RC_BOT_CARD_SECRET'];
const RINGCENTRAL_NAMES = Object.keys(RINGCENTRAL.shape);
const CARRIERX_NAMES = Object.keys(CARRIERX.shape);
const SLACK_NAMES = Object.keys(slackSchema(false).shape);
const KNOWN = [
  ...Object.keys(COMMON.shape),
  ...Object.keys(DATABASE.shape),
  ...RINGCENTRAL_NAMES,
  ...SLACK_NAMES,
  ...CARRIERX_NAMES,
  ...LATER,
];

/**
 * Reads the environment. A variable that is empty counts as not set.
 *
 * To start: nothing of `RC_*` and `SLACK_*` set means the sandbox, everything set means the real thing. To ask, the
 * four of RingCentral are enough, and none of them means the sandbox. For other commands nothing is demanded. The
 * sandbox has no use for `DATABASE_URL`, which other programs use as well.
 *
 * @throws {Fault} `config-invalid` naming each variable that is missing or wrong, never its value
 */
export function readConfig(env: Environment, purpose: Purpose): Config {
  const given = givenIn(env);
  const trouble: string[] = [];
  // Other commands take what is there and leave the rest to those who need it.
  const demanded = purpose === 'other' ? [] : trouble;
  const common = check(COMMON, given, trouble);
  const live = wantsLive(given, purpose);
  const ringcentral = live ? check(RINGCENTRAL, given, demanded) : null;
  const slack = live && purpose !== 'ask' ? readSlack(given, demanded) : null;
  const carrierx = live ? readCarrierx(given, demanded) : null;
  const database = live || purpose === 'other' ? check(DATABASE, given, trouble) : null;
  if (live && purpose === 'start' && !given.ROLECALL_ENCRYPTION_KEY) trouble.push(NO_KEY);
  if (trouble.length > 0 || !common) throw invalid(trouble, given, purpose);
  const shared = { ...commonOf(common), databaseUrl: database?.DATABASE_URL ?? null };
  return ringcentral
    ? { ...shared, mode: 'live', ringcentral: ringCentralOf(ringcentral), slack, carrierx }
    : { ...shared, mode: 'sandbox' };
}

const NO_KEY = `ROLECALL_ENCRYPTION_KEY is missing; make one with: node -p "crypto.randomBytes(32).toString('base64')"`;

function givenIn(env: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const text = value?.trim();
    if (text) given[name] = text;
  }
  return given;
}

function wantsLive(given: Record<string, string>, purpose: Purpose): boolean {
  switch (purpose) {
    case 'start':
      return Object.keys(given).some((name) => /^(RC|SLACK)_/.test(name) && KNOWN.includes(name));
    case 'ask':
      return RINGCENTRAL_NAMES.some((name) => name in given);
    case 'other':
      return RINGCENTRAL_NAMES.every((name) => name in given);
  }
}

/** Parses a group of variables; what is wrong goes to `trouble`, one line a variable. */
function check<S extends z.ZodObject>(schema: S, given: Record<string, string>, trouble: string[]): z.output<S> | null {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  for (const issue of read.error.issues) {
    const name = String(issue.path[0]);
    trouble.push(name in given ? `${name} ${issue.message}` : `${name} is missing`);
  }
  return null;
}

function readSlack(given: Record<string, string>, trouble: string[]): SlackConfig | null {
  const allowed = values.flag.safeParse(given.ROLECALL_ALLOW_LOOPBACK_APIS).data ?? false;
  const read = check(slackSchema(allowed), given, trouble);
  if ('SLACK_APP_TOKEN' in given === 'SLACK_SIGNING_SECRET' in given) {
    trouble.push(
      'SLACK_APP_TOKEN' in given
        ? 'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set; keep the first for Socket Mode or the second for HTTP'
        : 'SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing; set one of them',
    );
  }
  if (!read) return null;
  const common = { botToken: read.SLACK_BOT_TOKEN, apiUrl: read.SLACK_API_URL ?? null };
  if (read.SLACK_APP_TOKEN) return { ...common, mode: 'socket', appToken: read.SLACK_APP_TOKEN };
  return read.SLACK_SIGNING_SECRET ? { ...common, mode: 'http', signingSecret: read.SLACK_SIGNING_SECRET } : null;
}

/** Both variables or neither; the sandbox brings a CarrierX of its own. */
function readCarrierx(given: Record<string, string>, trouble: string[]): CarrierxConfig | null {
  if (!CARRIERX_NAMES.some((name) => name in given)) return null;
  const read = check(CARRIERX, given, trouble);
  return read ? { baseUrl: read.CARRIERX_BASE_URL, token: read.CARRIERX_TOKEN } : null;
}

function ringCentralOf(read: z.output<typeof RINGCENTRAL>): RingCentralConfig {
  return {
    serverUrl: read.RC_SERVER_URL,
    clientId: read.RC_APP_CLIENT_ID,
    clientSecret: read.RC_APP_CLIENT_SECRET,
    jwt: read.RC_USER_JWT,
    loopback: values.isLoopbackHost(new URL(read.RC_SERVER_URL).hostname),
  };
}

function commonOf(read: z.output<typeof COMMON>): Omit<Common, 'databaseUrl'> {
  return {
    dataDir: read.ROLECALL_DATA_DIR,
    looksKeptDays: read.ROLECALL_LOOKS_KEPT_DAYS,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? null,
    logLevel: read.LOG_LEVEL,
    encryptionKey: read.ROLECALL_ENCRYPTION_KEY ?? null,
    policyFile: read.ROLECALL_POLICY ?? null,
    approversChannel: read.ROLECALL_APPROVERS_CHANNEL ?? null,
  };
}

function invalid(trouble: readonly string[], given: Record<string, string>, purpose: Purpose): Fault {
  const strangers = Object.keys(given).filter(
    (name) => /^(RC|SLACK|ROLECALL|CARRIERX)_/.test(name) && !KNOWN.includes(name),
  );
  const lines = [
    `The configuration cannot be used. Nothing was ${purpose === 'start' ? 'started' : 'done'}.`,
    ...trouble.map((line) => `  ${line}.`),
    ...(strangers.length > 0 ? [`  Set, but not known here: ${strangers.sort().join(', ')}.`] : []),
    'Mend it in .env or in the environment; .env.example explains each variable. With none of RC_* and SLACK_* set, the built-in sandbox is used.',
  ];
  return new Fault('config-invalid', lines.join('\n'), {
    variables: [...new Set(trouble.map((line) => line.split(' ')[0]))],
  });
}
