import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createStandings } from '#src/adapters/slack-chat/standing.ts';

const member = {
  id: 'U1',
  team_id: 'T1',
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_email_confirmed: true,
  real_name: 'Dave',
};
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Standings over a `users.info` in the hands of the test. */
function open() {
  const slack = { now: 0, asked: 0, answer: (): object => ({ user: member }) };
  const info = async (): Promise<object> => {
    slack.asked += 1;
    return slack.answer();
  };
  const client = { users: { info } } as unknown as webApi.WebClient;
  const here = { team: 'T1', enterprise: null, botId: 'B', botUserId: 'U0', teamName: null };
  return { slack, standings: createStandings(client, here, { now: () => slack.now }, log) };
}

function limited(): never {
  throw new webApi.WebAPIRateLimitedError(30);
}

describe('the standing of a member', () => {
  it('is asked afresh each time', async () => {
    const { slack, standings } = open();
    await standings.read('U1', false);
    slack.answer = () => ({ user: { ...member, deleted: true } });
    expect(await standings.read('U1', false)).toMatchObject({ deleted: true });
    expect(slack.asked).toBe(2);
  });

  it('may be a minute old for a question while Slack limits us, and is not asked again meanwhile', async () => {
    const { slack, standings } = open();
    await standings.read('U1', false);
    slack.answer = limited;
    expect(await standings.read('U1', false)).toMatchObject({ home: true });
    expect(await standings.read('U1', false)).toMatchObject({ home: true });
    expect(slack.asked).toBe(2);
    slack.now = 60_001;
    expect(await standings.read('U1', false)).toBeNull();
    expect(slack.asked).toBe(3);
  });

  it('is never an old one where a change hangs on it', async () => {
    const { slack, standings } = open();
    await standings.read('U1', true);
    slack.answer = limited;
    expect(await standings.read('U1', true)).toBeNull();
  });

  it('does not rest on an old one when Slack no longer knows the member', async () => {
    const { slack, standings } = open();
    await standings.read('U1', false);
    slack.answer = () => {
      throw new webApi.WebAPIPlatformError({ ok: false, error: 'user_not_found' });
    };
    expect(await standings.read('U1', false)).toBeNull();
  });

  it.each([{}, { user: null }, { user: { ...member, id: 'U2' } }, { user: { ...member, deleted: 'no' } }])(
    'is unknown when the answer is not about the member (%#)',
    async (answer) => {
      const { slack, standings } = open();
      slack.answer = () => answer;
      expect(await standings.read('U1', false)).toBeNull();
    },
  );
});
