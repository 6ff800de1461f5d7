import { FakeControl } from './fake-controls.ts';

type Json = Record<string, unknown>;
export type Person = {
  ext: string;
  extensionId: number;
  name: string;
  type: string;
  status: string;
  department: string;
  site: string;
  roles: Json[];
};

const role = (id: string, displayName: string): Json => ({
  id,
  displayName,
  siteRestricted: false,
  autoAssigned: false,
});

function person(ext: string, name: string, department: string, roles: Json[], status = 'Enabled'): Person {
  return { ext, extensionId: 400_000 + Number(ext), name, type: 'User', status, department, site: 'Main Site', roles };
}

/** A Slack workspace and a RingCentral account small enough to read, as the two control APIs show them. */
export class SmallWorld {
  readonly slack = new FakeControl();
  readonly ringcentral = new FakeControl();
  readonly people: Person[];
  messages: Json[] = [];
  views: Json[] = [];
  home: Json | null = null;
  calls: Json[] = [];
  /** What the app would say to the next command or message. */
  reply: Json | null = null;
  #micros = 0;

  constructor({ extra = 0 }: { extra?: number } = {}) {
    this.people = [
      person('101', 'Alice Anderson', 'Support', [role('600001', 'Front Desk')]),
      person('102', 'Bob Brown', 'Support', [role('3', 'Standard (International)')]),
      person('104', 'Dave Diaz', 'IT', [role('1', 'Super Admin')]),
      person('123', 'Otto Becker', 'Sales', [role('3', 'Standard (International)')], 'Disabled'),
      ...Array.from({ length: extra }, (_, index) =>
        person(String(1000 + index), `Filler ${index}`, 'Operations', [role('2', 'Standard')]),
      ),
    ];
    this.#answerSlack();
    this.#answerRingCentral();
  }

  async start(): Promise<void> {
    await Promise.all([this.slack.start(), this.ringcentral.start()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.close(), this.ringcentral.close()]);
  }

  /** A message of the app; an ephemeral one when `onlyFor` is set. */
  post(message: Json): string {
    const ts = this.#nextTs();
    this.messages.push({
      ts,
      channel: 'C0GENERAL',
      user: 'U0BOT',
      bot_id: 'B0BOT',
      text: '',
      ephemeral: message.onlyFor !== undefined,
      ...message,
    });
    this.slack.tell({ type: 'message', change: 'posted', channel: message.channel ?? 'C0GENERAL', ts, user: null });
    return ts;
  }

  /** Changes a person's roles, as somebody at RingCentral would. */
  assign(ext: string, roles: Json[]): void {
    const found = this.people.find((entry) => entry.ext === ext);
    if (found !== undefined) found.roles = roles;
    this.ringcentral.tell({ type: 'state' });
  }

  /** Notes one call to RingCentral. */
  called(entry: Json): void {
    this.calls.push({
      seq: this.calls.length + 1,
      at: Date.now(),
      query: '',
      extension: '104',
      clientId: 'app',
      operationId: null,
      errorCode: null,
      group: 'Light',
      remaining: 49,
      status: 200,
      ...entry,
    });
    this.ringcentral.tell({ type: 'call' });
  }

  #nextTs(): string {
    this.#micros += 1;
    return `${Math.floor(Date.now() / 1000)}.${String(this.#micros).padStart(6, '0')}`;
  }

  #answerSlack(): void {
    const { answers } = this.slack;
    const delivery = { id: 'D1', ackedWithinMs: 7, ack: {} };
    const respond = (body: Json) => {
      if (this.reply !== null) this.post({ channel: body.channel, ...this.reply });
      return { ok: true, delivery };
    };
    answers.set('GET /workspace', WORKSPACE);
    answers.set('GET /messages', (_body: Json, query: URLSearchParams) => ({
      messages: this.messages.filter(
        (message) =>
          message.channel === query.get('channel') && (message.onlyFor ?? query.get('user')) === query.get('user'),
      ),
    }));
    answers.set('GET /home', () => ({ view: this.home }));
    answers.set('GET /views', () => ({ views: this.views }));
    answers.set('POST /act/command', respond);
    answers.set('POST /act/message', (body: Json) => {
      const ts = this.#nextTs();
      const thread = body.threadTs === undefined ? {} : { thread_ts: body.threadTs };
      this.messages.push({ ts, channel: body.channel, user: body.user, text: body.text, ...thread });
      return { ...respond(body), ts };
    });
    answers.set('POST /act/upload', (body: Json) => {
      const ts = this.#nextTs();
      const size = Buffer.from(String(body.content), 'base64').length;
      const files = [{ id: 'F0SENT', name: body.name, pretty_type: 'CSV', size }];
      this.messages.push({ ts, channel: body.channel, user: body.user, text: body.text, files });
      return { ...respond(body), ts };
    });
    for (const act of ['click', 'submit', 'close-view', 'home'])
      answers.set(`POST /act/${act}`, { ok: true, delivery });
    answers.set('POST /reset', { ok: true });
  }

  #answerRingCentral(): void {
    const { answers } = this.ringcentral;
    answers.set('GET /state', (_body: Json, query: URLSearchParams) => this.#state(query));
    answers.set('GET /calls', (_body: Json, query: URLSearchParams) => ({
      calls: this.calls.filter((call) => Number(call.seq) > Number(query.get('since') ?? 0)),
    }));
    answers.set('POST /reset', { ok: true });
  }

  #state(query: URLSearchParams): Json {
    const wanted = (query.get('q') ?? '').toLowerCase();
    const found = this.people.filter((entry) => `${entry.name} ${entry.ext}`.toLowerCase().includes(wanted));
    return {
      version: 1,
      accountId: '400100200',
      people: found.slice(0, Number(query.get('limit') ?? 50)),
      found: found.length,
      total: this.people.length,
      roles: ROLES,
      defaultRoleId: '2',
    };
  }
}

const ROLES = [
  { id: '1', displayName: 'Super Admin', custom: false, hidden: false, permissions: 210 },
  { id: '2', displayName: 'Standard', custom: false, hidden: false, permissions: 80 },
  { id: '7', displayName: 'Manager', custom: false, hidden: false, permissions: 96 },
  { id: '600001', displayName: 'Front Desk', custom: true, hidden: false, permissions: 14 },
];

const WORKSPACE = {
  team: { id: 'T0HOME', name: 'Cobalt Lane Clinics' },
  app: { id: 'A0APP', name: 'Rolecall', connections: 1 },
  botUserId: 'U0BOT',
  members: [
    { id: 'U101', name: 'Alice Anderson', kind: 'member', ext: '101' },
    { id: 'U102', name: 'Bob Brown', kind: 'member', ext: '102' },
    { id: 'U104', name: 'Dave Diaz', kind: 'member', ext: '104' },
    { id: 'UGUEST', name: 'Gwen Guest', kind: 'guest', ext: null },
    { id: 'USTRANGER', name: 'Stan Stranger', kind: 'stranger', ext: null },
    { id: 'U0BOT', name: 'Rolecall', kind: 'app', ext: null },
  ],
  channels: [
    { id: 'C0GENERAL', name: 'general', kind: 'channel' },
    { id: 'C0SHARED', name: 'shared-with-partner', kind: 'channel', extShared: true },
    ...['U101', 'U102', 'U104', 'UGUEST', 'USTRANGER'].map((id) => ({
      id: `D${id}`,
      name: 'directmessage',
      kind: 'im',
    })),
  ],
  commands: [
    { command: '/rolecall', description: 'Ask or change who may do what', usageHint: 'does alice have Meetings?' },
  ],
};
