import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isObject, type Json, textOf } from './json.ts';

/** A slash command as the manifest registers it. */
type ManifestCommand = {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string | null;
  /** Whether Slack turns names into ids before it sends the text; the manifest's default is false. */
  readonly shouldEscape: boolean;
};

/** A global or message shortcut. */
type ManifestShortcut = {
  readonly type: 'global' | 'message';
  readonly callbackId: string;
  readonly name: string;
};

/** What of an app's manifest decides how Slack treats the app. */
export type Manifest = {
  readonly name: string;
  readonly botName: string;
  readonly commands: readonly ManifestCommand[];
  readonly shortcuts: readonly ManifestShortcut[];
  readonly botScopes: readonly string[];
  readonly botEvents: readonly string[];
  readonly interactivity: boolean;
  readonly homeTab: boolean;
  readonly messagesTab: boolean;
  readonly messagesTabReadOnly: boolean;
};

/** Reads a manifest file (YAML or JSON). @throws when the file is unreadable or holds no mapping */
export async function readManifest(path: string): Promise<Manifest> {
  const document: unknown = parse(await readFile(path, 'utf8'));
  if (!isObject(document)) throw new Error(`The Slack manifest ${path} is not a mapping.`);
  return toManifest(document);
}

/** Takes from a manifest document what the sandbox enforces; absent parts mean Slack's defaults. */
function toManifest(document: Json): Manifest {
  const features = child(document, 'features');
  const settings = child(document, 'settings');
  const home = child(features, 'app_home');
  const name = textOf(child(document, 'display_information').name) ?? 'App';
  return {
    name,
    botName: textOf(child(features, 'bot_user').display_name) ?? name.toLowerCase(),
    commands: objects(features.slash_commands).map(toCommand),
    shortcuts: objects(features.shortcuts).map(toShortcut),
    botScopes: texts(child(child(document, 'oauth_config'), 'scopes').bot),
    botEvents: texts(child(settings, 'event_subscriptions').bot_events),
    interactivity: child(settings, 'interactivity').is_enabled === true,
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled !== false,
    messagesTabReadOnly: home.messages_tab_read_only_enabled === true,
  };
}

function toCommand(entry: Json): ManifestCommand {
  return {
    command: textOf(entry.command) ?? '',
    description: textOf(entry.description) ?? '',
    usageHint: textOf(entry.usage_hint) ?? null,
    shouldEscape: entry.should_escape === true,
  };
}

function toShortcut(entry: Json): ManifestShortcut {
  return {
    type: entry.type === 'message' ? 'message' : 'global',
    callbackId: textOf(entry.callback_id) ?? '',
    name: textOf(entry.name) ?? '',
  };
}

function child(parent: Json, key: string): Json {
  const value = parent[key];
  return isObject(value) ? value : {};
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
