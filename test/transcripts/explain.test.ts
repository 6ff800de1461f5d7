import { describe, expect, it } from 'vitest';
import { CARRIERS } from '#test/support/error-carriers.ts';
import { TerminalStory, terminal } from './terminal.ts';

const GATE = 'In order to call this API endpoint, user needs to have [Meetings] permission for requested resource.';
const MEETINGS = CARRIERS.json?.({ code: 'CMN-408', message: GATE, permission: 'Meetings' }) ?? '';

const explain = (text: string, ...more: string[]) => terminal(['explain', ...more], { input: [text] });

describe('what people see of an explained error', () => {
  it('with no account at all', async () => {
    const story = new TerminalStory();
    story.note('The best known case: the app has Meetings, the person has not.');
    await story.pipe(['explain'], MEETINGS);
    story.note('The app: on request, with a text to send.');
    await story.run(['explain', 'CMN-401 [RoleManagement] GET /restapi/v1.0/account/~/user-role/default']);
    story.note('The person over somebody else; another extension; the plan; limited mode; too many calls.');
    await story.run(['explain', 'CMN-419 [ReadCallLog]']);
    await story.run(['explain', 'CMN-404']);
    await story.run(['explain', 'Feature [RingOut] is not available for current extension']);
    await story.run(['explain', 'CMN-211']);
    await story.run(['explain', 'HTTP/2 429']);
    story.note('Signing in.');
    await story.run(['explain', 'OAU-213']);
    await story.run([
      'explain',
      '{"error":"unauthorized_client","errors":[{"errorCode":"OAU-251","message":"Unauthorized for this grant type"}]}',
    ]);
    await story.run([
      'explain',
      '{"error":"invalid_client","error_description":"[ThirdPartyAppAccess] permission required","errors":[{"errorCode":"CMN-408","message":"[ThirdPartyAppAccess] permission required"}]}',
    ]);
    story.note('Several at once, and a text that ends in the middle.');
    await story.run(['explain', 'CMN-401 [ReadCallLog], later CMN-408 [ReadCompanyCallLog]']);
    await story.pipe(['explain'], MEETINGS.slice(0, 90));
    story.note('Not documented, not of RingCentral, no error.');
    await story.run(['explain', 'CMN-999']);
    await story.run(['explain', 'AADSTS50105: the user is not assigned']);
    await story.run(['explain', 'colorless green ideas']);
    await story.pipe(['explain'], 'HTTP/2 200\n\n{"records":[]}');
    await story.run(['explain', '--json', 'CMN-408 [Meetings]']);
    await story.pipe(['explain'], '');
    await expect(story.text()).toMatchFileSnapshot('explain.golden.txt');
  });

  it('looked up in the account, for oneself and for others', async () => {
    const story = new TerminalStory();
    story.note('Alice pastes her error. She sees roles that everybody has, and is told who may give them.');
    await story.run(['ask', MEETINGS, '--as', '101']);
    story.note('Bob has the permission by now.');
    await story.run(['ask', MEETINGS, '--as', '102']);
    story.note('Dave asks about Alice, and may give it himself.');
    await story.run(['ask', 'alice gets CMN-408 [Meetings]', '--as', '104']);
    story.note('Bob may not look at Alice: the error is explained, and nothing is said of her.');
    await story.run(['ask', 'alice gets CMN-408 [Meetings]', '--as', '102']);
    story.note('The app has it: a new token is all it takes.');
    await story.run([
      'ask',
      'In order to call this API endpoint, application needs to have [ReadCallLog] permission',
      '--as',
      '102',
    ]);
    await expect(story.text()).toMatchFileSnapshot('explain-asked.golden.txt');
  });

  it('why somebody can or cannot, what the app has, and what a call needs', async () => {
    const story = new TerminalStory();
    story.note('Why not: layer by layer, with what is close and what opens it.');
    await story.run(['ask', "why can't I see the company call log", '--as', '102']);
    await story.run(['ask', "why can't alice use Meetings", '--as', '104']);
    await story.run(['ask', "why can't otto use Meetings", '--as', '104']);
    story.note('Why so.');
    await story.run(['ask', 'why can frank read the company call log', '--as', '104']);
    story.note('The app.');
    await story.run(['ask', 'does the app have ReadCallLog', '--as', '102']);
    await story.run(['ask', 'what does Faxes include', '--as', '102']);
    story.note('A call: both gates, who passes, and how it ends.');
    await story.run(['ask', 'what do I need for GET /account/~/call-log', '--as', '102']);
    await story.run(['ask', 'try GET /restapi/v1.0/account/~/extension/~/meeting', '--as', '101']);
    await story.run(['ask', 'try GET /account/~/extension/~/call-log', '--as', '102']);
    await story.run(['ask', 'try GET https://evil.example/restapi/v1.0/account/~/call-log', '--as', '104']);
    await expect(story.text()).toMatchFileSnapshot('explain-access.golden.txt');
  });
});

describe('exit codes of explain', () => {
  it.each<[number, string]>([
    [0, 'HTTP/2 200\n\n{"records":[]}'],
    [4, 'colorless green ideas'],
    [4, 'AADSTS50105'],
    [10, 'CMN-401 [ReadCallLog]'],
    [11, MEETINGS],
    [11, 'CMN-419 [ReadCallLog]'],
    [12, 'CMN-404'],
    [13, 'CMN-109'],
    [14, 'OAU-213'],
    [15, 'CMN-211'],
    [16, 'CMN-999'],
  ])('%i for %s', async (code, text) => {
    expect(await explain(text)).toMatchObject({ code, err: '' });
  });

  it('1 and one sentence without an error to explain', async () => {
    expect(await explain('  \n')).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^There is no error/) });
  });
});

describe('a pipe', () => {
  it('may bring megabytes in pieces, with the error at the end', async () => {
    const pieces = [...Array(40).fill('2026-11-23 INFO nothing to see\n'.repeat(3_000)), MEETINGS];
    const { code, out } = await terminal(['explain'], { input: pieces });
    expect(code).toBe(11);
    expect(out).toContain('Meetings App Access (Meetings)');
  });

  it('with --json prints one line, and never what was piped', async () => {
    const secrets = 'token eyJhbGciOiJIUzI1NiJ9.abc.def +1 303 555 0199 jose@example.com';
    const { out } = await explain(`${secrets} ${MEETINGS} ${secrets}`, '--json');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      whose: 'user',
      errors: [{ code: 'CMN-408', permission: 'Meetings', cure: 'user-permission' }],
    });
    expect(out).not.toMatch(/eyJ|555|jose/);
  });
});
