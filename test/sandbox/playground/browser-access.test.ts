import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, inPage, launchBrowser, type Visit, visit } from './browser.ts';
import { CONFIRM_BUTTON, EVERY_BLOCK, MODAL } from './sample-blocks.ts';

const path = findBrowser();

describe.skipIf(path === null)('the page for everybody', () => {
  let browser: Browser;
  let open: Visit;
  const start = async (options: Parameters<typeof visit>[1] = {}) => {
    open = await visit(browser, options);
    return open;
  };

  beforeAll(async () => {
    browser = await launchBrowser(path ?? '');
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const { troubles } = open;
    await open.close();
    expect(troubles).toEqual([]);
  });

  const focused = (page: Page) => page.evaluate(inPage.focusedThing);

  it('has landmarks, one main heading and a language', async () => {
    const { page } = await start();
    for (const role of ['banner', 'main'] as const)
      expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
    expect(await page.getByRole('complementary').count()).toBe(2);
    expect(await page.getByRole('navigation').count()).toBeGreaterThanOrEqual(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('asks, reads and confirms by keyboard alone', async () => {
    const { page, world } = await start();
    world.reply = {
      text: 'Give Manager?',
      onlyFor: 'U104',
      ephemeral: true,
      blocks: [{ type: 'actions', block_id: 'b', elements: [CONFIRM_BUTTON] }],
    };
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the message box');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('words');
    await page.keyboard.type('/ro');
    await page.keyboard.press('Tab');
    await page.keyboard.type('give bob Manager');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Confirm' }).waitFor();
    for (let presses = 0; presses < 12 && (await focused(page)) !== 'Confirm'; presses++)
      await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toBe('Confirm');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Confirm');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const sent = () =>
      world.slack.received.filter((entry) => /command|click/.test(entry.path)).map((entry) => entry.body);
    await expect
      .poll(sent)
      .toMatchObject([{ command: '/rolecall', text: 'give bob Manager' }, { actionId: 'confirm-change' }]);
  });

  it('changes the person by arrow keys and the tab by arrow keys', async () => {
    const { page } = await start();
    await page.getByRole('radio', { name: /Dave Diaz/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'You are Alice Anderson' }).waitFor();
    expect(await focused(page)).toBe('U101');
    await page.getByRole('tab', { name: 'People' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: 'Roles' }).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('tabpanel', { name: 'Roles' }).isVisible()).toBe(true);
  });

  it('shows where the focus is', async () => {
    const { page } = await start();
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      const shown = await page.evaluate(inPage.focusMark);
      expect(['marked', 'nothing']).toContain(shown);
    }
  });

  it('gives a modal the focus and keeps it inside', async () => {
    const { page, world } = await start();
    world.views = [MODAL];
    world.slack.tell({ type: 'view', user: 'U104' });
    const dialog = page.getByRole('dialog', { name: 'Give a role' });
    await dialog.waitFor();
    const why = dialog.getByRole('textbox', { name: 'Why' });
    expect(await focused(page)).toBe(await why.getAttribute('id'));
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(inPage.isFocusInDialog)).toBe(true);
    }
    await why.focus();
    await page.keyboard.press('Escape');
    await expect
      .poll(() => world.slack.received.at(-1))
      .toMatchObject({ path: '/act/close-view', body: { viewId: 'V1', clear: false } });
  });

  it('names every control', async () => {
    const { page, world } = await start();
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    await page.getByText('hologram').waitFor();
    expect(await page.evaluate(inPage.namelessControls)).toEqual([]);
    world.views = [MODAL];
    world.slack.tell({ type: 'view', user: 'U104' });
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate(inPage.namelessControls)).toEqual([]);
  });

  it('repeats no id', async () => {
    const { page, world } = await start();
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    await expect.poll(() => page.getByText('hologram').count()).toBe(2);
    expect(await page.evaluate(inPage.repeatedIds)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
    const { page, world } = await start({ colorScheme, reducedMotion: 'reduce' });
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    world.called({ method: 'GET', path: '/a', status: 403, errorCode: 'CMN-408' });
    world.assign('102', [{ id: '7', displayName: 'Manager' }]);
    await page.getByText('hologram').waitFor();
    await page.getByText('Changed just now').waitFor();
    await page.getByText('CMN-408').waitFor();
    expect(await page.evaluate(inPage.contrastFaults)).toEqual([]);
  });

  it('goes through system, light and dark, and remembers', async () => {
    const { page, playground } = await start({ colorScheme: 'light' });
    const ground = () => page.evaluate(inPage.groundColour);
    const light = await ground();
    const theme = page.getByRole('button', { name: /Theme/ });
    await theme.click();
    expect([await theme.textContent(), await ground()]).toEqual(['Theme: light', light]);
    await theme.click();
    expect(await theme.textContent()).toBe('Theme: dark');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.goto(playground.url);
    await page.getByText('You are Dave Diaz').waitFor();
    expect(await ground()).toBe(dark);
  });

  it.each([360, 768, 1000, 1920])('fits a screen %i wide', async (width) => {
    const { page, world } = await start({ viewport: { width, height: 740 } });
    world.post({ text: 'all', blocks: EVERY_BLOCK });
    await page.getByText('hologram').waitFor();
    const shown = async () => {
      const overflow = await page.evaluate(inPage.overflowWidth);
      return overflow === 0 ? 'fits' : `${overflow} too wide`;
    };
    expect(await shown()).toBe('fits');
    for (const name of ['You', 'RingCentral', 'Conversation']) {
      const button = page
        .getByRole('navigation', { name: 'Parts of the page' })
        .getByRole('button', { name, exact: true });
      if (!(await button.isVisible())) continue;
      await button.click();
      expect([name, await shown()]).toEqual([name, 'fits']);
    }
    expect(await page.getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
  });
});
