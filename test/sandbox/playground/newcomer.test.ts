import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '#handlers/terminal/composition.ts';
import { startService } from '#src/wiring/service.ts';
import { findBrowser, launchBrowser, watch } from './browser.ts';

const path = findBrowser();

/** The first minutes with the real assistant, the real page and both sandboxes, as `npm start` puts them together. */
describe.skipIf(path === null)('a newcomer at the page of npm start', () => {
  let browser: Browser;
  let service: Service;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    browser = await launchBrowser(path ?? '');
    service = await startService({ PORT: '0', LOG_LEVEL: 'error' }, {});
    const url = /http:\/\/\S+/.exec(service.greeting.join(' '))?.[0] ?? '';
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    troubles = watch(page, url);
    await page.goto(url);
    await page.getByRole('heading', { name: 'You are Dave Diaz' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const answers = () => page.getByRole('article', { name: /^Rolecall/ });
  const become = (name: RegExp) => page.getByRole('radio', { name }).check({ force: true });
  const bob = () => page.locator('#account-people > li').filter({ hasText: 'Bob Brown' });

  it('asks about a permission as an administrator and gets a private answer', async () => {
    await page.getByRole('button', { name: 'does alice have Meetings?' }).click();
    await answers().filter({ hasText: 'Alice Anderson' }).waitFor();
    expect(await answers().last().textContent()).toContain('Only visible to you');
    await page.getByText(/Acknowledged in \d+ ms/).waitFor();
    await expect
      .poll(() => page.getByRole('region', { name: 'List of calls' }).getByRole('listitem').count())
      .toBeGreaterThan(1);
  });

  it('gives a role after seeing the change, and sees the account change', async () => {
    await page.getByRole('button', { name: 'give bob Manager role' }).click();
    const preview = answers().filter({ has: page.getByRole('button', { name: /^Confirm/ }) });
    await preview.waitFor();
    expect(await bob().textContent()).not.toContain('Manager');
    await preview.getByRole('button', { name: /^Confirm/ }).click();
    const dialog = page.getByRole('dialog');
    if (await dialog.isVisible()) await dialog.getByRole('button').last().click();
    await bob().getByText('Changed just now: + Manager').waitFor();
    await expect.poll(() => answers().last().textContent()).toMatch(/Manager/);
    await page.getByRole('tab', { name: /Changes/ }).click();
    await page.getByRole('tabpanel').getByText('Bob Brown (102) got Manager').waitFor();
    await page.getByRole('tab', { name: 'People' }).click();
  });

  it('is refused the same as somebody without the right, and nothing changes', async () => {
    await become(/Alice Anderson/);
    await page.getByRole('heading', { name: 'You are Alice Anderson' }).waitFor();
    await page.getByRole('button', { name: 'give bob Manager role' }).click();
    await answers().first().waitFor();
    expect(
      await answers()
        .getByRole('button', { name: /^Confirm/ })
        .count(),
    ).toBe(0);
    await page.getByRole('tab', { name: 'Changes 1' }).waitFor();
  });

  it('finds its own roles in App Home and in the direct message', async () => {
    await page.getByRole('button', { name: 'App Home' }).click();
    await page.locator('.home').getByText('Front Desk').first().waitFor();
    await page.getByRole('button', { name: /Direct message/ }).click();
    await page.getByRole('button', { name: 'my roles' }).click();
    await answers().filter({ hasText: 'Front Desk' }).waitFor();
  });

  it('learns nothing as a guest, a stranger or somebody with a borrowed address', async () => {
    for (const name of [/Gwen Guest/, /Ivy Imposter/]) {
      await become(name);
      await page.getByRole('button', { name: 'who are the super admins' }).click();
      await answers().first().waitFor();
      expect(await answers().allTextContents()).not.toContainEqual(expect.stringContaining('Erin Novak'));
    }
    await become(/Stan Stranger/);
    await page.getByRole('button', { name: 'shared-with-partner' }).click();
    await page.getByRole('button', { name: 'who are the super admins' }).click();
    await page.locator('#messages').getByText('is not a valid command in your workspace').waitFor();
  });

  it('starts over, and the assistant still answers', async () => {
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => bob().textContent()).not.toContain('Manager');
    await become(/Dave Diaz/);
    await page.getByRole('button', { name: 'general' }).click();
    await page.getByRole('heading', { name: 'You are Dave Diaz' }).waitFor();
    await page.getByRole('button', { name: 'my roles' }).click();
    await answers().filter({ hasText: 'Super Admin' }).waitFor();
  });

  it('meets no broken part of the page and no other host', () => {
    expect(troubles).toEqual([]);
  });
});
