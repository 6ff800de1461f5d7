import { globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  features: z.object({
    app_home: z.object({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    slash_commands: z.array(
      z.object({ command: z.string(), should_escape: z.boolean().default(false), url: z.string().optional() }),
    ),
  }),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), user: z.array(z.string()).optional() }),
    redirect_urls: z.array(z.string()).optional(),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
});

/** Scope that each Web API method needs: Slack's method pages. Null needs none. */
const METHOD_SCOPES: Record<string, string | null> = {
  'auth.test': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.open': 'im:write',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.info': 'files:read',
  'users.info': 'users:read',
  'views.publish': null,
};

/** Scope that each event needs: Slack's event pages. Null needs none. */
const EVENT_SCOPES: Record<string, string | null> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
};

const raw = parse(readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8')) as unknown;
const manifest = Manifest.parse(raw);

describe('manifest.yml', () => {
  it('has the command, escaped so that members arrive as ids', () => {
    expect(manifest.features.slash_commands).toEqual([{ command: '/rolecall', should_escape: true }]);
  });

  it('lets people write to the app and see its home', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('names no public address while Socket Mode carries everything', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.settings.event_subscriptions.request_url).toBeUndefined();
    expect(manifest.settings.interactivity).toEqual({ is_enabled: true });
  });

  it('asks for no right of a person', () => {
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });
});

describe('the scopes of manifest.yml', () => {
  const code = ['handlers/slack', 'src/adapters/slack-chat']
    .flatMap((folder) => globSync(`${folder}/**/*.ts`))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const calls = new Set([...code.matchAll(/\bclient\.([a-z]+\.[a-zA-Z]+)\(/g)].map(([, method = '']) => method));
  const events = new Set([...code.matchAll(/\bapp\.event\('([a-z_]+)'/g)].map(([, event = '']) => event));

  it('are known for every method that the code calls', () => {
    expect([...calls].sort()).toEqual(Object.keys(METHOD_SCOPES).sort());
  });

  it('are exactly those that the methods, the events and the command need', () => {
    const needed = [
      'commands',
      ...[...calls].map((method) => METHOD_SCOPES[method]),
      ...manifest.settings.event_subscriptions.bot_events.map((event) => EVENT_SCOPES[event]),
    ].filter((scope) => typeof scope === 'string');
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set(needed)].sort());
  });

  it('come with exactly the events that the code listens to', () => {
    const subscribed = manifest.settings.event_subscriptions.bot_events;
    expect(subscribed.every((event) => event in EVENT_SCOPES)).toBe(true);
    expect(new Set(subscribed.map((event) => event.split('.')[0]))).toEqual(events);
  });
});

const schemaPath = process.env.SLACK_MANIFEST_SCHEMA;
if (schemaPath === undefined)
  console.warn("NOT CHECKED: manifest.yml against Slack's schema; set SLACK_MANIFEST_SCHEMA");

describe("Slack's manifest schema", () => {
  it.skipIf(schemaPath === undefined && process.env.CI !== 'true')(
    'accepts manifest.yml (needs SLACK_MANIFEST_SCHEMA, a copy of the schema)',
    () => {
      if (schemaPath === undefined) throw new Error('CI has to set SLACK_MANIFEST_SCHEMA');
      // The schema has keywords of its own.
      const ajv = new Ajv({ strict: false, allErrors: true });
      formats.default(ajv);
      const valid = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')));
      valid(raw);
      expect(valid.errors ?? []).toEqual([]);
    },
  );
});
