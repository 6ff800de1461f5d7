import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, inPage, launchBrowser, type Visit, visit } from './browser.ts';
import { CONFIRM_BUTTON, EVERY_BLOCK, MODAL } from './sample-blocks.ts';

const path = findBrowser();

describe.skipIf(path === null)('the page in a browser', () => {
  let browser: Browser;
  let open: Visit;
  const start = async (options: Parameters<typeof visit>[1] = {}) => {
    open = await visit(browser, options);
    return open;
  };
  const sent = (act: string) =>
    open.world.slack.received.filter((entry) => entry.path === `/act/${act}`).map((entry) => entry.body);

  beforeAll(async () => {
    browser = await launchBrowser(path ?? '');
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const { troubles } = open;
    await open.close();
    expect(troubles).toEqual([]);
  });

  it('greets a newcomer as an administrator and says what it is', async () => {
    const { page } = await start();
    expect(await page.getByRole('radio', { name: /Dave Diaz/ }).isChecked()).toBe(true);
    expect(await page.getByRole('banner').textContent()).toContain('nothing here is Slack or RingCentral');
    expect(await page.getByRole('heading', { name: 'You are Dave Diaz' }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'does alice have Meetings?' }).isVisible()).toBe(true);
  });

  it('sends a suggestion as a slash command and shows the private answer with how fast it was taken', async () => {
    const { page, world } = await start();
    world.reply = { text: 'Alice has no Meetings', onlyFor: 'U104', ephemeral: true };
    await page.getByRole('button', { name: 'does alice have Meetings?' }).click();
    const answer = page.getByRole('article', { name: /^Rolecall/ });
    await answer.waitFor();
    expect(await answer.textContent()).toContain('Only visible to you');
    expect(sent('command')).toEqual([
      { user: 'U104', channel: 'C0GENERAL', command: '/rolecall', text: 'does alice have Meetings?' },
    ]);
    await page.getByText('Acknowledged in 7 ms').waitFor();
    expect(await page.locator('#announcer').textContent()).toContain(
      'Rolecall (only visible to you): Alice has no Meetings',
    );
  });

  it('keeps a private answer from everybody else', async () => {
    const { page, world } = await start();
    world.post({ text: 'for Dave alone', onlyFor: 'U104', ephemeral: true });
    await page.getByText('for Dave alone', { exact: true }).waitFor();
    await page.getByRole('radio', { name: /Alice Anderson/ }).check({ force: true });
    await page.getByRole('heading', { name: 'You are Alice Anderson' }).waitFor();
    expect(await page.getByText('for Dave alone').count()).toBe(0);
  });

  it('reads out what is new, not what was there before', async () => {
    const { page, world } = await start({ prepare: (prepared) => void prepared.post({ text: 'old news' }) });
    await page.getByText('old news').waitFor();
    expect(await page.locator('#announcer').textContent()).toBe('');
    await page.getByRole('button', { name: 'shared-with-partner' }).click();
    await page.getByRole('heading', { name: 'You are Dave Diaz' }).waitFor();
    world.post({ text: 'fresh news', channel: 'C0SHARED' });
    await page.getByText('fresh news', { exact: true }).waitFor();
    expect(await page.locator('#announcer').textContent()).toBe('Rolecall: fresh news');
  });

  it('leaves a reader of old messages in peace, and shows the way to new ones', async () => {
    const { page, world } = await start({
      prepare: (prepared) => {
        for (let count = 1; count <= 30; count++) prepared.post({ text: `message ${count}` });
      },
    });
    await page.getByText('message 30').waitFor();
    await page.getByRole('region', { name: /Messages/ }).evaluate((stream) => stream.scrollTo(0, 0));
    world.post({ text: 'the newest' });
    const newest = page.getByText('the newest', { exact: true });
    await newest.waitFor();
    await page.getByRole('button', { name: 'New messages below' }).click();
    await page.getByRole('button', { name: 'New messages below' }).waitFor({ state: 'hidden' });
  });

  it('sends plain words in the direct message and mentions in a channel', async () => {
    const { page } = await start();
    await page
      .getByRole('textbox', { name: 'Message in #general' })
      .fill('@Rolecall does @Alice Anderson have Meetings?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: /Direct message/ }).click();
    await page.getByRole('button', { name: 'my roles' }).click();
    await expect
      .poll(() => sent('message'))
      .toEqual([
        { user: 'U104', channel: 'C0GENERAL', text: '<@U0BOT> does <@U101> have Meetings?' },
        { user: 'U104', channel: 'DU104', text: 'my roles' },
      ]);
  });

  it('replies in a thread', async () => {
    const { page, world } = await start();
    const ts = world.post({ text: 'question' });
    await page.getByRole('button', { name: 'Reply in thread' }).click();
    await page.keyboard.type('answer');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => sent('message'))
      .toEqual([{ user: 'U104', channel: 'C0GENERAL', text: 'answer', threadTs: ts }]);
    await page.getByRole('list', { name: 'Replies' }).getByText('answer').waitFor();
  });

  it('says what Slack would show when the app does not answer', async () => {
    const { page } = await start({
      prepare: (world) =>
        world.slack.answers.set('POST /act/command', {
          ok: false,
          error: 'dispatch_failed',
          shown: '/rolecall failed because the app did not respond',
          delivery: null,
        }),
    });
    await page.getByRole('button', { name: 'my roles' }).click();
    const words = 'Slack shows: /rolecall failed because the app did not respond';
    await page.locator('#messages').getByText(words).waitFor();
    expect(await page.locator('#announcer').textContent()).toBe(words);
  });

  it('asks before a button with a confirmation, and sends nothing on no', async () => {
    const { page, world } = await start();
    const ts = world.post({ text: 'change', blocks: [{ type: 'actions', block_id: 'b', elements: [CONFIRM_BUTTON] }] });
    await page.getByRole('button', { name: 'Confirm' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give Manager?' });
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(sent('click')).toEqual([]);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('button', { name: 'Give it' }).click();
    await expect
      .poll(() => sent('click'))
      .toEqual([{ user: 'U104', channel: 'C0GENERAL', ts, actionId: 'confirm-change', blockId: 'b', value: 'A7K2:1' }]);
  });

  it('turns nothing that an app sends into markup', async () => {
    const { page, world } = await start();
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    await page.getByText('This page cannot draw a “hologram” block.').waitFor();
    expect(
      await page.locator('#messages :is(script, img, iframe, object, svg, form, [onerror], [onload], [style])').count(),
    ).toBe(0);
    expect(
      await page.locator('#messages a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://docs.example/a']);
    expect(await page.evaluate(inPage.traceOfScripts)).toBeNull();
    await page.getByText('<script>window.hacked=1</script>').waitFor();
  });

  it('sends what was chosen in a menu', async () => {
    const { page, world } = await start();
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    await page.getByRole('combobox', { name: 'Pick a role' }).selectOption('Support');
    await page.getByText('Acknowledged in').waitFor();
    await page.getByLabel('More actions').click();
    await page.getByRole('button', { name: 'Show path' }).click();
    await expect
      .poll(() => sent('click').map((body) => body.selected))
      .toMatchObject([{ type: 'static_select', selected_option: { value: 'Support' } }, 'Show path']);
  });

  it('sorts a table and turns its pages', async () => {
    const { page, world } = await start();
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    const table = page.getByRole('table', { name: 'Super Admins' });
    const people = () => table.getByRole('rowheader').allTextContents();
    await table.waitFor();
    expect(await people()).toEqual(['Dave', 'Erin']);
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await people()).toEqual(['Alice']);
    await table.getByRole('button', { name: 'Extension' }).click();
    expect(await people()).toEqual(['Alice', 'Erin']);
    expect(await table.getByRole('columnheader', { name: 'Extension' }).getAttribute('aria-sort')).toBe('ascending');
  });

  it('fills, sends and closes a modal', async () => {
    const { page, world } = await start();
    world.views = [MODAL];
    world.slack.tell({ type: 'view', user: 'U104' });
    const dialog = page.getByRole('dialog', { name: 'Give a role' });
    await dialog.getByRole('combobox', { name: 'Role' }).selectOption('Manager');
    await dialog.getByRole('combobox', { name: 'Person' }).selectOption({ label: 'Bob Brown' });
    await dialog.getByRole('checkbox', { name: 'Me' }).check();
    await dialog.getByRole('radio', { name: 'For a while' }).check();
    await dialog.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => sent('submit'))
      .toMatchObject([
        {
          user: 'U104',
          viewId: 'V1',
          values: {
            why: { text: { type: 'plain_text_input', value: 'cover' } },
            role: { pick: { selected_option: { value: 'Manager' } } },
            who: { user: { selected_user: 'U102' } },
            tell: { boxes: { selected_options: [{ value: 'Me' }] } },
            kind: { radio: { selected_option: { value: 'For a while' } } },
            until: { date: { selected_date: null } },
          },
        },
      ]);
    world.views = [];
    world.slack.tell({ type: 'view', user: 'U104' });
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows what is wrong in a modal beside the input, and keeps what was typed', async () => {
    const { page, world } = await start();
    world.views = [MODAL];
    world.slack.tell({ type: 'view', user: 'U104' });
    await page.getByRole('textbox', { name: 'Why' }).fill('too short a word');
    world.views = [{ ...MODAL, errors: { why: 'Say more.' } }];
    world.slack.tell({ type: 'view', user: 'U104' });
    await page.getByText('Say more.').waitFor();
    const box = page.getByRole('textbox', { name: 'Why' });
    expect(await box.inputValue()).toBe('too short a word');
    expect(await page.evaluate(inPage.focusedThing)).toBe(await box.getAttribute('id'));
  });

  it('draws App Home and its buttons', async () => {
    const home = {
      id: 'VHOME',
      type: 'home',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Your roles' } },
        {
          type: 'actions',
          block_id: 'h',
          elements: [{ type: 'button', action_id: 'help', text: { type: 'plain_text', text: 'Help me' } }],
        },
      ],
    };
    const { page } = await start({ prepare: (world) => Object.assign(world, { home }) });
    await page.getByRole('button', { name: 'App Home' }).click();
    await page.getByRole('heading', { name: 'Your roles' }).waitFor();
    expect(sent('home')).toEqual([{ user: 'U104', tab: 'home' }]);
    await page.getByRole('button', { name: 'Help me' }).click();
    await expect.poll(() => sent('click')).toMatchObject([{ viewId: 'VHOME', actionId: 'help', blockId: 'h' }]);
  });

  it('marks a change in the account in words and lists it', async () => {
    const { page, world } = await start();
    await page.locator('#account-people').getByText('Bob Brown').waitFor();
    world.assign('102', [{ id: '7', displayName: 'Manager' }]);
    await page.getByText('Changed just now: + Manager; − Standard (International)').waitFor();
    expect(await page.locator('#change-announcer').textContent()).toContain(
      'Bob Brown (102) got Manager; lost Standard (International)',
    );
    await page.getByRole('tab', { name: /Changes/ }).click();
    await page.getByRole('tabpanel').getByText('Bob Brown (102) got Manager').waitFor();
    expect(await page.getByRole('radio', { name: /Bob Brown.*Manager/ }).count()).toBe(1);
  });

  it('lists the calls with status, group and what is left', async () => {
    const { page, world } = await start();
    world.called({ method: 'GET', path: '/restapi/v1.0/account/~/user-role', group: 'Medium', remaining: 38 });
    world.called({
      method: 'PUT',
      path: '/restapi/v1.0/account/~/extension/1/assigned-role',
      status: 403,
      errorCode: 'CMN-408',
      group: 'Heavy',
      remaining: 9,
    });
    const calls = page.getByRole('region', { name: 'List of calls' }).getByRole('listitem');
    await expect.poll(() => calls.count()).toBe(2);
    const newest = (await calls.first().textContent())?.replaceAll('\u200b', '');
    for (const word of [
      'PUT',
      '/account/~/extension/1/assigned-role',
      '403',
      'Heavy, 9 left',
      'as ext. 104',
      'CMN-408',
    ])
      expect(newest).toContain(word);
    await page.getByRole('combobox', { name: 'Which calls to show' }).selectOption('refused');
    expect(await calls.count()).toBe(1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('No calls yet').waitFor();
  });

  it('goes on by asking at intervals when the event streams end', async () => {
    const { page, world } = await start();
    world.ringcentral.hangUp();
    world.slack.hangUp();
    await page.getByText('Reconnecting').waitFor();
    world.assign('101', []);
    world.post({ text: 'while away' });
    await page.getByText('Changed just now: − Front Desk').waitFor();
    await page.getByText('while away', { exact: true }).waitFor();
    open.troubles.length = 0;
  });

  it('stays usable with 1,200 people', async () => {
    const { page } = await start({ extra: 1200 });
    await page.getByText('40 of 1,204 shown.').waitFor();
    await page.getByRole('searchbox', { name: 'Find a person in the account' }).fill('Filler 1150');
    await page.locator('#account-people').getByText('Filler 1150').waitFor();
    expect(await page.locator('#account-people > li').count()).toBe(1);
  });

  it('finds a person by role and becomes them with Enter', async () => {
    const { page } = await start();
    await page.getByRole('searchbox', { name: /Find a person by name/ }).fill('front desk');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are Alice Anderson' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#as=U101&in=C0GENERAL');
  });

  it('starts both sandboxes over, after asking', async () => {
    const { page, world } = await start();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await expect
      .poll(() => [world.slack.received.at(-1)?.path, world.ringcentral.received.at(-1)?.path])
      .toEqual(['/reset', '/reset']);
  });
});
