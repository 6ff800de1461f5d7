import { describe, expect, it } from 'vitest';
import { toStanding } from '#src/adapters/slack-chat/standing.ts';

const HERE = { team: 'T1', enterprise: null };

/** A full member as `users.info` shows one. */
const member = {
  id: 'U1',
  team_id: 'T1',
  deleted: false,
  is_bot: false,
  is_app_user: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_email_confirmed: true,
  name: 'dave',
  real_name: 'Dave Diaz',
  profile: { display_name: 'Dave' },
};

const safe = { home: true, deleted: false, bot: false, guest: false, stranger: false, emailConfirmed: true };

describe('what Slack says about a member', () => {
  it('is safe for a full member', () => {
    expect(toStanding(member, HERE)).toEqual({ ...safe, displayName: 'Dave' });
  });

  it.each([
    ['another workspace', { team_id: 'T2' }, { home: false }],
    ['deleted', { deleted: true }, { deleted: true }],
    ['a bot', { is_bot: true }, { bot: true }],
    ['a workflow', { is_workflow_bot: true }, { bot: true }],
    ['a connector', { is_connector_bot: true }, { bot: true }],
    ['an app user', { is_app_user: true }, { bot: true }],
    ['a multi-channel guest', { is_restricted: true }, { guest: true }],
    ['a single-channel guest', { is_ultra_restricted: true }, { guest: true }],
    ['a stranger', { is_stranger: true }, { stranger: true }],
    ['unconfirmed', { is_email_confirmed: false }, { emailConfirmed: false }],
  ])('is not for %s', (_, change, unsafe) => {
    expect(toStanding({ ...member, ...change }, HERE)).toMatchObject({ ...safe, ...unsafe });
  });

  it.each([
    ['team_id', { home: false }],
    ['deleted', { deleted: true }],
    ['is_bot', { bot: true }],
    ['is_restricted', { guest: true }],
    ['is_ultra_restricted', { guest: true }],
    ['is_email_confirmed', { emailConfirmed: false }],
  ])('counts a missing %s as unsafe', (field, unsafe) => {
    const { [field as keyof typeof member]: _, ...rest } = member;
    expect(toStanding({ ...rest, id: 'U1' }, HERE)).toMatchObject({ ...safe, ...unsafe });
  });

  it('knows members of the same organisation who are in this workspace', () => {
    const there = { ...member, team_id: 'T2', enterprise_user: { enterprise_id: 'E1', teams: ['T1', 'T2'] } };
    expect(toStanding(there, { team: 'T1', enterprise: 'E1' }).home).toBe(true);
    expect(toStanding(there, { team: 'T3', enterprise: 'E1' }).home).toBe(false);
    expect(toStanding(there, { team: 'T1', enterprise: 'E2' }).home).toBe(false);
    expect(toStanding(there, HERE).home).toBe(false);
  });
});
