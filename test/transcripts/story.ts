import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningService } from './service.ts';
import { type Block, buttonsOf, type Message, visibleLines } from './visible.ts';

type Acted = { readonly ok: boolean; readonly error?: string; readonly shown?: string; readonly ts?: string };
/** A file as somebody posts it. */
type StoryFile = { readonly name: string; readonly content: string | Uint8Array };
type State = {
  readonly people: readonly { readonly ext: string; readonly roles: readonly { readonly displayName: string }[] }[];
};

const ANSWER_WITHIN_MS = 60_000;
const QUIET_MS = 150;

async function call<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
  const init =
    body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, init);
  return (await response.json()) as T;
}

/** A story told in Slack: what people do, and everything that they then see. Written down as it happens. */
export class Story {
  readonly #service: RunningService;
  readonly #lines: string[] = [];
  readonly #seen = new Map<string, string>();

  constructor(service: RunningService) {
    this.#service = service;
  }

  /** The transcript so far. */
  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  /** Another administrator's edit, past the API. */
  async assignInPortal(ext: string, roles: readonly string[]): Promise<void> {
    await call(`${this.#service.sandboxes.ringcentral.controlUrl}/portal/assign`, 'POST', { ext, roles });
  }

  note(text: string): void {
    this.#lines.push('', `# ${text}`);
  }

  async command(user: string, text: string, channel = 'C0GENERAL'): Promise<Message[]> {
    this.#said(user, channel, `/rolecall ${text}`);
    return this.#after(user, channel, () => this.#act('command', { user, channel, text }));
  }

  /** Like `message`; gives the time stamp of what was said. */
  async say(user: string, channel: string, text: string): Promise<string> {
    let said = '';
    this.#said(user, channel, text);
    await this.#after(user, channel, async () => {
      const acted = await this.#act('message', { user, channel, text });
      said = acted.ts ?? '';
      return acted;
    });
    return said;
  }

  async message(user: string, channel: string, text: string, threadTs?: string): Promise<Message[]> {
    this.#said(user, channel, text, threadTs);
    return this.#after(user, channel, () =>
      this.#act('message', { user, channel, text, ...(threadTs ? { threadTs } : {}) }),
    );
  }

  /** Posts files, with or without words. */
  async upload(user: string, channel: string, text: string, files: readonly StoryFile[]): Promise<Message[]> {
    this.#said(user, channel, [...files.map(({ name }) => `(file ${name})`), text].join(' ').trim());
    const given = files.map(({ name, content }) => ({
      name,
      content: Buffer.from(content).toString('base64'),
      encoding: 'base64',
    }));
    return this.#after(user, channel, () => this.#act('upload', { user, channel, text, files: given }));
  }

  /** Like `message`, where nothing may follow. */
  async ignored(user: string, channel: string, act: string, body: object): Promise<void> {
    await this.#look(user, channel);
    await this.#act(act, { user, channel, ...body });
    await sleep(QUIET_MS * 3);
    await this.#service.app.idle();
    for (const line of await this.#look(user, channel))
      this.#lines.push(`  unexpected: ${visibleLines(line).join(' / ')}`);
    const text = 'text' in body ? body.text : '';
    this.#lines.push('', `${user} in ${channel} (${act}): ${text}`, '  (nothing follows)');
  }

  /** Lets something happen that nobody said or clicked, and writes down what somebody is told of it. */
  async meanwhile(user: string, channel: string, what: string, happen: () => void): Promise<Message[]> {
    this.#lines.push('', `(${what}) ${user} in ${channel}:`);
    return this.#after(user, channel, async () => {
      happen();
      return { ok: true };
    });
  }

  /** Lets what is due be worked on until somebody is told what the pattern says, and writes down that message alone. */
  async due(user: string, channel: string, told: RegExp): Promise<void> {
    await this.#look(user, channel);
    await this.#service.due(true);
    this.#lines.push('', `(it goes on by itself) ${user} in ${channel}:`);
    const message = await this.#until(async () => {
      const fresh = await this.#look(user, channel);
      return fresh.find((each) => visibleLines(each).some((line) => told.test(line))) ?? null;
    });
    await this.#service.due(false);
    this.#lines.push('  Rolecall:', ...visibleLines(message).map((line) => `    ${line}`));
  }

  /** Clicks the newest visible button with this label. */
  async click(user: string, channel: string, label: string): Promise<Message[]> {
    const messages = await this.#messages(user, channel);
    for (const message of messages.reverse()) {
      const button = buttonsOf(message).find((each) => each.label === label);
      if (!button) continue;
      this.#lines.push('', `${user} in ${channel} clicks [${label}]`);
      const target = {
        user,
        channel,
        ts: message.ts,
        actionId: button.actionId,
        ...(button.blockId ? { blockId: button.blockId } : {}),
      };
      return this.#after(user, channel, () => this.#act('click', { ...target, value: button.value }));
    }
    throw new Error(`no button "${label}" is visible to ${user} in ${channel}`);
  }

  /** Opens the home tab and writes down what it shows. */
  async home(user: string): Promise<void> {
    this.#lines.push('', `${user} opens the home tab`);
    await this.#act('home', { user });
    const blocks = await this.#until(async () => {
      const { view } = await call<{ view: { blocks: readonly Block[] } | null }>(`${this.#slack}/home?user=${user}`);
      return view?.blocks.length ? view.blocks : null;
    });
    for (const line of visibleLines({ blocks })) this.#lines.push(`  ${line}`);
  }

  /** Writes down the roles that RingCentral's stand-in holds for somebody. */
  async rolesInRingCentral(ext: string): Promise<readonly string[]> {
    const { people } = await call<State>(`${this.#service.sandboxes.ringcentral.controlUrl}/state?q=${ext}`);
    const roles = people.find((person) => person.ext === ext)?.roles.map((role) => role.displayName) ?? [];
    this.#lines.push(`  (RingCentral: ${ext} has ${roles.join(', ')})`);
    return roles;
  }

  get #slack(): string {
    return this.#service.sandboxes.slack.controlUrl;
  }

  #said(user: string, channel: string, text: string, threadTs?: string): void {
    this.#lines.push('', `${user} in ${channel}${threadTs ? ' (thread)' : ''}: ${text}`);
  }

  async #act(act: string, body: object): Promise<Acted> {
    const acted = await call<Acted>(`${this.#slack}/act/${act}`, 'POST', body);
    if (!acted.ok) this.#lines.push(`  Slack says: ${acted.shown ?? acted.error}`);
    return acted;
  }

  async #messages(user: string, channel: string): Promise<Message[]> {
    const answer = await call<{ messages: Message[] } | Message[]>(
      `${this.#slack}/messages?channel=${channel}&user=${user}`,
    );
    return Array.isArray(answer) ? answer : answer.messages;
  }

  /** Messages that are new or changed since the last look. */
  async #look(user: string, channel: string): Promise<Message[]> {
    const fresh: Message[] = [];
    for (const message of await this.#messages(user, channel)) {
      const key = `${user} ${channel} ${message.ts}`;
      const content = JSON.stringify([message.text, message.blocks]);
      if (this.#seen.get(key) === content) continue;
      this.#seen.set(key, content);
      fresh.push(message);
    }
    return fresh.filter((message) => message.user !== user);
  }

  /** Acts, waits for the answer and until nothing more comes, and writes down what the person then sees. */
  async #after(user: string, channel: string, act: () => Promise<Acted>): Promise<Message[]> {
    await this.#look(user, channel);
    const acted = await act();
    if (!acted.ok) return [];
    const shown: Message[] = await this.#until(async () => {
      const fresh = await this.#look(user, channel);
      return fresh.length > 0 ? fresh : null;
    });
    await this.#until(async () => ((await this.#service.app.idle()) ? true : null));
    await sleep(QUIET_MS);
    const later = await this.#look(user, channel);
    // What was shown for a moment ("working on it") and then replaced is not what a person reads.
    const there = await this.#messages(user, channel);
    const stayed = shown.filter(
      ({ ts }) => !later.some((each) => each.ts === ts) && there.some((each) => each.ts === ts),
    );
    const last = [...stayed, ...later];
    for (const message of last) {
      const where = message.thread_ts ? ' (thread)' : '';
      this.#lines.push(`  Rolecall${where}${message.ephemeral ? ', only visible to you' : ''}:`);
      for (const line of visibleLines(message)) this.#lines.push(`    ${line}`);
    }
    return last;
  }

  async #until<T>(look: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < deadline) {
      const found = await look();
      if (found !== null) return found;
      await sleep(20);
    }
    throw new Error(`nothing was answered within ${ANSWER_WITHIN_MS} ms\n${this.text()}`);
  }
}
