import { describe, expect, it } from 'vitest';
import { freshFolder } from '#test/process/child.ts';
import { TerminalStory, terminal } from './terminal.ts';

const UNDERSTANDING = {
  text: 'give bob Manager for 2 hours because audit',
  outcome: 'understood',
  intent: 'assign-role',
  effect: 'write',
  people: ['102'],
  group: null,
  roles: ['Manager'],
  removedRoles: [],
  newRole: null,
  permissions: [],
  removedPermissions: [],
  appPermissions: [],
  partners: [],
  scopes: [],
  time: { for: 'PT2H', until: null, from: null },
  period: { since: null, until: null },
  reason: 'audit',
  ticket: null,
  request: null,
  endpoint: null,
  error: null,
  custom: null,
  negated: false,
  dryRun: false,
  also: [],
  ask: null,
  suggestions: [],
};

const REFERENCE = /^[A-Z2-9]{6}$/;

async function askForJson(words: string, as: string, ...more: string[]) {
  const { code, out, err } = await terminal(['ask', words, '--as', as, '--json', ...more]);
  expect(err).toBe('');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  return { code, object: JSON.parse(out) as Record<string, unknown> };
}

describe('what people see in a terminal', () => {
  it('changes many people by a list that is piped in, and answers a question back by its place', async () => {
    const story = new TerminalStory();
    const list = ['extension', ...Array.from({ length: 21 }, (_, at) => 101 + at)].join('\n');
    await story.pipe(['ask', 'what would happen if I gave them Reports?', '--file', '-', '--as', '104'], list);
    await story.pipe(['ask', 'give these people Reports', '--file', '-', '--as', '104', '--yes'], list);
    story.note('A line that names nobody stops the whole list.');
    await story.pipe(['ask', 'give them Reports', '--file', '-', '--as', '104', '--yes'], `${list}\n999\nchris young`);
    story.note('Two people are called Chris Young. The second choice is meant.');
    await story.run(['ask', 'give chris young Reports', '--as', '104']);
    await story.run(['ask', 'give chris young Reports', '--as', '104', '--choose', '2', '--yes']);
    await expect(story.text()).toMatchFileSnapshot('terminal-lists.golden.txt');
  });

  it('answers and changes for a Super Admin, and refuses somebody without the right', async () => {
    const story = new TerminalStory();
    story.note('Dave is Super Admin. He asks, and is shown a change before he makes it.');
    await story.run(['ask', 'does alice have Meetings?', '--as', '104']);
    await story.run(['ask', 'give bob Manager', '--as', '104']);
    await story.run(['ask', 'give bob Manager', '--as', '104', '--yes']);
    story.note('Alice tries the same. RingCentral gives her no such right, so Rolecall does not either.');
    await story.run(['ask', 'give bob Manager', '--as', '101', '--yes']);
    await story.run(['ask', 'does bob have Meetings?', '--as', '101']);
    await story.run(['ask', 'do I have Meetings?', '--as', '101']);
    story.note('Unclear: nothing is guessed, with --yes no more than without.');
    await story.run(['ask', 'give chris Manager', '--as', '104', '--yes']);
    story.note('Not understood, not built yet, taken back.');
    await story.run(['ask', 'colorless green ideas sleep furiously', '--as', '104']);
    await story.run(['ask', 'undo', '--as', '104', '--yes']);
    await story.run(['ask', 'nvm', '--as', '104']);
    story.note('Without --as the owner of the token asks.');
    await story.run(['ask', 'who am I']);
    await story.run(['ask', 'who am I', '--as', '999']);
    await expect(story.text()).toMatchFileSnapshot('terminal.golden.txt');
  });

  it('says in a sentence what does not fit, and exits 1', async () => {
    const story = new TerminalStory();
    await story.run(['ask']);
    await story.run(['ask', 'hi', '--loud']);
    await story.run(['ask', 'hi', '--as']);
    await story.run(['ask', 'hi', '--as', 'dave']);
    await story.run(['parse']);
    await story.run(['parse', 'hi', '--now', 'yesterday']);
    await story.run(['sandbox', 'please']);
    await story.run(['sandbox', '--people', '0']);
    await story.run(['sandbox', '--ringcentral-port', '70000']);
    await story.run(['start', '--people', 'many']);
    await story.run(['start', 'now']);
    await story.run(['dance']);
    await expect(story.text()).toMatchFileSnapshot('terminal-usage.golden.txt');
    expect(story.text().match(/\(exit \d\)/g)).toEqual(Array(12).fill('(exit 1)'));
  });
});

describe('exit codes', () => {
  it.each<[number, string, string, string, string[]]>([
    [0, 'answered', 'who has Manager', '104', []],
    [0, 'confirm-needed', 'give bob Manager', '104', []],
    [0, 'changed', 'give bob Manager', '104', ['--yes']],
    [0, 'answered', 'dry run: give bob Manager', '104', ['--yes']],
    [0, 'declined', 'nvm', '104', []],
    [2, 'ask-back', 'give chris Manager', '104', []],
    [3, 'refused', 'give bob Manager', '101', []],
    [4, 'not-understood', 'colorless green ideas sleep furiously', '104', []],
  ])('%i when %s: %s --as %s', async (code, outcome, words, as, more) => {
    const asked = await askForJson(words, as, ...more);
    expect([asked.code, asked.object.outcome]).toEqual([code, outcome]);
  });

  it('1 and one sentence when RingCentral cannot be reached', async () => {
    const env = {
      ROLECALL_DATA_DIR: freshFolder(),
      RC_SERVER_URL: 'http://127.0.0.1:9',
      RC_APP_CLIENT_ID: 'made-up-client',
      RC_APP_CLIENT_SECRET: 'made-up-secret',
      RC_USER_JWT: 'made-up-jwt',
    };
    const { code, out, err } = await terminal(['ask', 'who am I'], { env });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^[^\n]+\n$/);
    for (const secret of ['made-up-secret', 'made-up-jwt']) expect(err).not.toContain(secret);
  });
});

describe('ask --json', () => {
  it('prints one object with the promised keys for a change', async () => {
    const { object } = await askForJson('give bob Manager', '104', '--yes');
    expect(object).toEqual({
      outcome: 'changed',
      verdict: null,
      understanding: {
        ...UNDERSTANDING,
        text: 'give bob Manager',
        time: { for: null, until: null, from: null },
        reason: null,
      },
      text: expect.stringMatching(/^Done\. Bob Brown \(102\) now has Standard \(International\) and Manager\./),
      people: ['102'],
      roles: expect.arrayContaining(['Manager', 'Standard (International)']),
      permissions: [],
      changes: [
        { extension: '102', before: ['Standard (International)'], after: ['Standard (International)', 'Manager'] },
      ],
      request: null,
      evidence: expect.objectContaining({ kind: 'own-token', permission: 'EditAssignedRoles' }),
      reference: expect.stringMatching(REFERENCE),
    });
    expect(Object.keys(object)).toEqual([
      ...['outcome', 'verdict', 'understanding', 'text', 'people', 'roles', 'permissions', 'changes', 'request'],
      ...['evidence', 'reference'],
    ]);
  });

  it.each([
    ['does alice have Meetings?', '104', 'no'],
    ['does bob have Meetings?', '104', 'yes'],
    ['does dave have EditAssignedRoles?', '104', 'yes'],
    ['what roles does bob have', '104', null],
    ['who has Manager', '104', null],
  ])('%s: says the verdict and whom the answer is about', async (words, as, verdict) => {
    const { code, object } = await askForJson(words, as);
    expect(code).toBe(0);
    expect(object).toMatchObject({ outcome: 'answered', verdict, changes: [], request: null });
    expect(object.people).toEqual([expect.stringMatching(/^\d+$/)]);
  });

  it('keeps the shape where nothing was understood', async () => {
    const { object } = await askForJson('colorless green ideas sleep furiously', '104');
    expect(object).toMatchObject({
      outcome: 'not-understood',
      verdict: null,
      understanding: { outcome: 'not-understood', intent: null, effect: null },
      people: [],
      roles: [],
      permissions: [],
      changes: [],
      request: null,
      evidence: null,
      reference: expect.stringMatching(REFERENCE),
    });
    expect((object.understanding as { suggestions: unknown[] }).suggestions).toHaveLength(3);
  });
});

describe('parse', () => {
  it('prints the contract of understanding as one line with --json, and readably without', async () => {
    const json = await terminal(['parse', '--json', '--as', '104', UNDERSTANDING.text]);
    expect(json).toMatchObject({ code: 0, err: '' });
    expect(json.out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(json.out)).toEqual(UNDERSTANDING);
    expect(Object.keys(JSON.parse(json.out))).toEqual(Object.keys(UNDERSTANDING));
    const plain = await terminal(['parse', '--as', '104', UNDERSTANDING.text]);
    expect(plain.out).toBe(`${JSON.stringify(UNDERSTANDING, null, 2)}\n`);
  });

  it('reads a line for each utterance, in order, and a quoted one as a JSON string', async () => {
    const lines = ['my roles', '"who has\\nManager"', '', '"not closed', 'give bob Manager'];
    const [whole, bytes] = [`${lines.join('\n')}\n`, `${lines.join('\r\n')}`];
    const { code, out, err } = await terminal(['parse', '--lines', '--as', '104'], { input: [whole] });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const read = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(read.map(({ text }) => text)).toEqual([
      'my roles',
      'who has\nManager',
      '',
      '"not closed',
      'give bob Manager',
    ]);
    expect(read.map(({ intent }) => intent)).toEqual(['list-roles-of', 'who-has-role', null, null, 'assign-role']);
    expect(read[0]).toMatchObject({ people: ['104'] });
    const inPieces = await terminal(['parse', '--lines', '--as', '104'], {
      input: [bytes.slice(0, 5), bytes.slice(5)],
    });
    expect(inPieces.out).toBe(out);
  });

  it('counts time from --now', async () => {
    const now = '2026-11-23T09:00:00-07:00';
    const words = 'give bob Manager until Friday 5pm';
    const { out } = await terminal(['parse', '--json', '--as', '104', '--now', now, words]);
    expect(JSON.parse(out)).toMatchObject({ time: { until: expect.stringMatching(/^2026-11-27T17:00:00/) } });
  });
});
