import { buttonsOf, type Message, visibleLines } from '#test/transcripts/visible.ts';
import { control, eventually } from './outside.ts';

/** Somebody in the Slack sandbox: writes commands in a channel, reads what is shown there, clicks. */
export class Member {
  readonly #slack: string;
  readonly #user: string;
  readonly #channel = 'C0GENERAL';

  constructor(controlUrl: string, user: string) {
    this.#slack = controlUrl;
    this.#user = user;
  }

  /** Writes a command and gives what is then shown once it has such words. */
  async ask(text: string, expected: RegExp): Promise<Message> {
    const before = new Set((await this.#messages()).map((message) => message.ts));
    await this.#act('command', { text });
    return this.#shown(expected, (message) => !before.has(message.ts));
  }

  /**
   * Clicks a button of this message and waits for nothing: what follows may be the end of the service. The message may
   * look different by now, as it may to a person with a slow connection.
   */
  async click(message: Message, label: string): Promise<void> {
    const button = buttonsOf(message).find((each) => each.label === label);
    if (!button) throw new Error(`no button "${label}" in ${visibleLines(message).join('\n')}`);
    const { actionId, value, blockId } = button;
    await this.#act('click', { ts: message.ts, actionId, value, force: true, ...(blockId ? { blockId } : {}) });
  }

  /** Clicks and gives what is then shown once it has such words. */
  async clickAndRead(message: Message, label: string, expected: RegExp): Promise<string> {
    const before = await this.texts();
    await this.click(message, label);
    return linesOf(await this.#shown(expected, (each) => before.get(each.ts) !== linesOf(each)));
  }

  /** The message with such words, once there is one. */
  read(expected: RegExp): Promise<Message> {
    return this.#shown(expected, () => true);
  }

  /** Everything that is shown now. */
  async everything(): Promise<string> {
    return (await this.#messages()).map(linesOf).join('\n\n');
  }

  /** What each message says now, by its time stamp; those told to them alone included. */
  async texts(): Promise<ReadonlyMap<string, string>> {
    const all = [...(await this.#messages()), ...(await this.#messages(`D${this.#user}`))];
    return new Map(all.map((each) => [each.ts, linesOf(each)]));
  }

  /** What is new or different since then. */
  async since(known: ReadonlyMap<string, string>): Promise<readonly string[]> {
    return [...(await this.texts())].flatMap(([ts, text]) => (known.get(ts) === text ? [] : [text]));
  }

  #shown(expected: RegExp, isNew: (message: Message) => boolean): Promise<Message> {
    return eventually(`words like ${expected}`, async () => {
      const fresh = (await this.#messages()).filter(isNew);
      return fresh.find((message) => expected.test(linesOf(message))) ?? null;
    });
  }

  async #messages(channel = this.#channel): Promise<readonly Message[]> {
    const url = `${this.#slack}/messages?channel=${channel}&user=${this.#user}`;
    const answer = await control<Message[] | { readonly messages: Message[] }>(url);
    return Array.isArray(answer) ? answer : answer.messages;
  }

  #act(act: string, body: object): Promise<unknown> {
    return control(`${this.#slack}/act/${act}`, 'POST', { user: this.#user, channel: this.#channel, ...body });
  }
}

/** What a message says, line by line. */
export function linesOf(message: Message): string {
  return visibleLines(message).join('\n');
}
