import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, eventually, type Rig, startApp, startRig } from './harness.ts';

let rig: Rig;
let stop: () => Promise<void>;
let trigger = '';
let openedHomes: Answer[] = [];
const submissions: Answer[] = [];
const closings: Answer[] = [];
let ackWith: Answer;

beforeAll(async () => {
  rig = await startRig();
  ({ stop } = await startApp(rig, (app) => {
    app.command('/fixture', async ({ ack, command }) => {
      trigger = command.trigger_id;
      await ack();
    });
    app.action(/.*/, async ({ ack, body }) => {
      trigger = (body as Answer).trigger_id;
      await ack();
    });
    app.view({ callback_id: /.*/, type: 'view_submission' }, async ({ ack, body }) => {
      submissions.push(body);
      await ack(ackWith);
    });
    app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack, body }) => {
      closings.push(body);
      await ack();
    });
    app.event('app_home_opened', async ({ event, client }) => {
      openedHomes.push(event);
      if (event.tab === 'home') await client.views.publish({ user_id: event.user, view: home(`Hello ${event.user}`) });
    });
  }));
});
afterAll(async () => {
  await stop();
  await rig.close();
});
beforeEach(async () => {
  await rig.control('POST /reset');
  openedHomes = [];
  submissions.length = 0;
  closings.length = 0;
  ackWith = undefined;
});

function plain(text: string) {
  return { type: 'plain_text' as const, text };
}
function home(text: string) {
  return { type: 'home' as const, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] };
}
function modal(title: string, more: object = {}) {
  return {
    type: 'modal',
    title: plain(title),
    submit: plain('Save'),
    callback_id: 'form',
    private_metadata: 'secret',
    blocks: [
      {
        type: 'input',
        block_id: 'name',
        label: plain('Name'),
        element: { type: 'plain_text_input', action_id: 'text', max_length: 5 },
      },
      {
        type: 'input',
        block_id: 'role',
        optional: true,
        label: plain('Role'),
        element: { type: 'static_select', action_id: 'choice', options: [{ text: plain('A'), value: 'a' }] },
      },
      { type: 'actions', block_id: 'row', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] },
    ],
    ...more,
  };
}
async function gesture(): Promise<string> {
  await rig.control('POST /act/command', { user: 'U101', channel: 'C0GENERAL', text: '' });
  return trigger;
}
async function open(more: object = {}): Promise<Answer> {
  return (await rig.api('views.open', { trigger_id: await gesture(), view: modal('One', more) })).view;
}
async function click(viewId: string): Promise<string> {
  await rig.control('POST /act/click', { user: 'U101', viewId, actionId: 'more' });
  return trigger;
}
async function stackOf(user: string): Promise<Answer[]> {
  return (await rig.control(`GET /views?user=${user}`)).views;
}
const filled = { name: { text: 'Bob' } };

describe('modals', () => {
  it('open for the person of the trigger and show what the app sent', async () => {
    const view = await open();
    expect(view).toMatchObject({
      type: 'modal',
      private_metadata: 'secret',
      root_view_id: view.id,
      previous_view_id: null,
      team_id: rig.slack.teamId,
    });
    expect(await stackOf('U101')).toMatchObject([{ id: view.id, title: plain('One') }]);
    expect(await stackOf('U102')).toEqual([]);
  });

  it('open once a trigger', async () => {
    const trigger_id = await gesture();
    await rig.api('views.open', { trigger_id, view: modal('One') });
    expect(await rig.api('views.open', { trigger_id, view: modal('Two') })).toMatchObject({
      ok: false,
      error: 'exchanged_trigger_id',
    });
  });

  it('do not open with a trigger older than three seconds, or made up', async () => {
    const trigger_id = await gesture();
    await rig.control('POST /clock', { advanceMs: 3001 });
    expect(await rig.api('views.open', { trigger_id, view: modal('One') })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await rig.api('views.open', { trigger_id: '1.2.3', view: modal('One') })).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  it('lie on each other three deep at most', async () => {
    const first = await open();
    const second = (await rig.api('views.push', { trigger_id: await click(first.id), view: modal('Two') })).view;
    const third = (await rig.api('views.push', { trigger_id: await click(second.id), view: modal('Three') })).view;
    expect(third).toMatchObject({ root_view_id: first.id, previous_view_id: second.id });
    expect(await rig.api('views.push', { trigger_id: await click(third.id), view: modal('Four') })).toMatchObject({
      error: 'push_limit_reached',
    });
    expect(await stackOf('U101')).toHaveLength(3);
  });

  it('are updated by id or external id; an old hash loses', async () => {
    const view = await open({ external_id: 'mine' });
    const updated = await rig.api('views.update', {
      view_id: view.id,
      hash: view.hash,
      view: modal('Two', { external_id: 'mine' }),
    });
    expect(updated.view).toMatchObject({ id: view.id, title: plain('Two') });
    expect(await rig.api('views.update', { view_id: view.id, hash: view.hash, view: modal('Three') })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await rig.api('views.update', { external_id: 'mine', view: modal('Four') })).toMatchObject({ ok: true });
    expect(await rig.api('views.update', { view_id: 'V0', view: modal('Four') })).toMatchObject({ error: 'not_found' });
  });

  it('do not share an external id', async () => {
    await open({ external_id: 'mine' });
    const second = await rig.api('views.open', {
      trigger_id: await gesture(),
      view: modal('Two', { external_id: 'mine' }),
    });
    expect(second).toMatchObject({ error: 'duplicate_external_id' });
  });

  it('hand in what was typed, and close', async () => {
    const view = await open();
    const result = await rig.control('POST /act/submit', {
      user: 'U101',
      viewId: view.id,
      values: { ...filled, role: { choice: 'a' } },
    });
    expect(result).toMatchObject({ ok: true });
    expect(submissions[0].view).toMatchObject({
      callback_id: 'form',
      private_metadata: 'secret',
      state: {
        values: {
          name: { text: { type: 'plain_text_input', value: 'Bob' } },
          role: { choice: { selected_option: { value: 'a' } } },
        },
      },
    });
    expect(await stackOf('U101')).toEqual([]);
  });

  it.each([
    ['an empty required input', {}, 'missing_required_input'],
    ['a text that is too long', { name: { text: 'Bobby Brown' } }, 'invalid_input'],
    ['an option that is not offered', { ...filled, role: { choice: 'z' } }, 'invalid_input'],
  ])('are not handed in with %s', async (_what, values, error) => {
    const view = await open();
    expect(await rig.control('POST /act/submit', { user: 'U101', viewId: view.id, values })).toMatchObject({
      ok: false,
      error,
    });
    expect(submissions).toHaveLength(0);
  });

  it('show errors beside the inputs and stay open', async () => {
    ackWith = { response_action: 'errors', errors: { name: 'Nobody has this name.' } };
    const view = await open();
    expect(await rig.control('POST /act/submit', { user: 'U101', viewId: view.id, values: filled })).toMatchObject({
      ok: true,
      responseAction: 'errors',
    });
    expect(await stackOf('U101')).toMatchObject([{ id: view.id, errors: { name: 'Nobody has this name.' } }]);
  });

  it('take errors for their own inputs only', async () => {
    ackWith = { response_action: 'errors', errors: { elsewhere: 'x' } };
    const view = await open();
    const result = await rig.control('POST /act/submit', { user: 'U101', viewId: view.id, values: filled });
    expect(result).toMatchObject({ ok: false, error: 'invalid_response_errors' });
  });

  it.each([
    ['update', ['Two']],
    ['push', ['One', 'Two']],
    ['clear', []],
  ])('answered with %s leave these open: %o', async (response_action, titles) => {
    ackWith = { response_action, ...(response_action === 'clear' ? {} : { view: modal('Two') }) };
    const view = await open();
    await rig.control('POST /act/submit', { user: 'U101', viewId: view.id, values: filled });
    expect((await stackOf('U101')).map((entry) => entry.title.text)).toEqual(titles);
  });

  it('tell the app when they are closed, where it asked for that', async () => {
    const quiet = await open();
    expect(await rig.control('POST /act/close-view', { user: 'U101', viewId: quiet.id })).toMatchObject({
      ok: true,
      delivery: null,
    });
    const told = await open({ notify_on_close: true });
    await rig.control('POST /act/close-view', { user: 'U101', viewId: told.id });
    expect(closings).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { id: told.id } }]);
  });

  it('that break a rule are refused with the place of the fault', async () => {
    const trigger_id = await gesture();
    const answer = await rig.api('views.open', {
      trigger_id,
      view: modal('A title that is much too long', { submit: undefined }),
    });
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
          '[ERROR] missing required field: submit [json-pointer:/view]',
        ],
      },
    });
    expect(await rig.api('views.open', { trigger_id, view: modal('Fine') })).toMatchObject({ ok: true });
  });

  it('are limited to 250 kB in all', async () => {
    const blocks = Array.from({ length: 90 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
    }));
    const answer = await rig.api('views.open', { trigger_id: await gesture(), view: { ...modal('One'), blocks } });
    expect(answer).toMatchObject({ error: 'view_too_large' });
  });
});

describe('the home tab', () => {
  it('is published when a person opens it', async () => {
    await rig.control('POST /act/home', { user: 'U101' });
    const view = await eventually(async () => (await rig.control('GET /home?user=U101')).view ?? undefined);
    expect(view).toMatchObject({ type: 'home', blocks: [{ text: { text: 'Hello U101' } }] });
    await rig.control('POST /act/home', { user: 'U101' });
    await eventually(() => openedHomes[1]);
    expect(openedHomes[0].view).toBeUndefined();
    expect(openedHomes[1].view).toMatchObject({ id: view.id });
  });

  it('is not meant when a person opens the messages tab', async () => {
    await rig.control('POST /act/home', { user: 'U102', tab: 'messages' });
    await eventually(() => openedHomes[0]);
    expect(openedHomes[0]).toMatchObject({ tab: 'messages', channel: 'DU102' });
    expect((await rig.control('GET /home?user=U102')).view).toBeNull();
  });

  it('takes home views of real members only', async () => {
    expect(await rig.api('views.publish', { user_id: 'U999', view: home('x') })).toMatchObject({
      error: 'user_not_found',
    });
    expect(await rig.api('views.publish', { user_id: 'U101', view: modal('x') })).toMatchObject({
      error: 'invalid_arguments',
    });
    const { view } = await rig.api('views.publish', { user_id: 'U101', view: home('one') });
    await rig.api('views.publish', { user_id: 'U101', view: home('two'), hash: view.hash });
    expect(await rig.api('views.publish', { user_id: 'U101', view: home('three'), hash: view.hash })).toMatchObject({
      error: 'hash_conflict',
    });
  });
});
