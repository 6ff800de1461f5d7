import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, inPage, launchBrowser, type Visit, visit } from './browser.ts';

const path = findBrowser();
const CSV = 'name,role\nJosé Núñez,Manager\n';
const people = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) };

describe.skipIf(path === null)('files on the page', () => {
  let browser: Browser;
  let open: Visit;
  const start = async (options: Parameters<typeof visit>[1] = {}) => {
    open = await visit(browser, options);
    return open;
  };
  const sent = (act: string) =>
    open.world.slack.received.filter((entry) => entry.path === `/act/${act}`).map((entry) => entry.body);
  const box = () => open.page.getByRole('textbox', { name: /^Message/ });
  const choose = async (file: typeof people = people) => {
    const [chooser] = await Promise.all([
      open.page.waitForEvent('filechooser'),
      open.page.getByRole('button', { name: 'Attach a file' }).click(),
    ]);
    await chooser.setFiles(file);
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

  it('go with the words of the next message, byte for byte', async () => {
    const { page } = await start();
    await choose();
    await page.getByText('With people.csv (32 bytes)').waitFor();
    await box().fill('@Rolecall give them Manager');
    await page.keyboard.press('Enter');
    await page.getByText('With people.csv').waitFor({ state: 'hidden' });
    await expect.poll(() => sent('upload').length).toBe(1);
    const [body] = sent('upload');
    expect(body).toMatchObject({
      user: 'U104',
      channel: 'C0GENERAL',
      text: '<@U0BOT> give them Manager',
      name: 'people.csv',
      encoding: 'base64',
    });
    expect(Buffer.from(String(body?.content), 'base64').toString()).toBe(CSV);
    await page.getByRole('link', { name: 'Download people.csv' }).waitFor();
    expect(sent('message')).toEqual([]);
  });

  it('go alone, and the message after goes without', async () => {
    const { page } = await start();
    await choose();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => sent('upload').length).toBe(1);
    expect(sent('upload')[0]).toMatchObject({ text: '' });
    await box().fill('hello');
    await page.keyboard.press('Enter');
    await expect.poll(() => sent('message').length).toBe(1);
    expect(sent('upload')).toHaveLength(1);
  });

  it('can be taken away, and chosen again', async () => {
    const { page } = await start();
    await choose();
    await page.getByRole('button', { name: 'Take people.csv away' }).click();
    expect(await page.getByText('With people.csv').count()).toBe(0);
    await choose();
    await page.getByText('With people.csv').waitFor();
  });

  it('stay with who chose them: another person starts without', async () => {
    const { page } = await start();
    await choose();
    await page.getByRole('radio', { name: /Alice Anderson/ }).check({ force: true });
    await page.getByText('With people.csv').waitFor({ state: 'hidden' });
  });

  it('go with no command, as in Slack', async () => {
    const { page } = await start();
    await choose();
    await box().fill('/rolecall give them Manager');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Slack sends no file with a command.').waitFor();
    expect([sent('command'), sent('upload')]).toEqual([[], []]);
  });

  it('that are too large are refused here', async () => {
    const { page } = await start();
    await choose({ ...people, buffer: Buffer.alloc(5_000_001, 'x') });
    await page.getByRole('alert').getByText('people.csv is too large for this page: at most 5 MB.').waitFor();
    expect(await page.getByText('With people.csv').count()).toBe(0);
  });

  it('of the app are shown, read out, opened and downloaded', async () => {
    const { page, world } = await start();
    // What is there at the first look is no news and not read out.
    await page.getByRole('heading', { name: 'You are Dave Diaz' }).waitFor();
    world.slack.answers.set('GET /files/F0REPORT', Buffer.from(CSV));
    const file = { id: 'F0REPORT', name: 'report.csv', pretty_type: 'CSV', size: 30, preview: CSV, lines_more: 0 };
    world.post({ files: [file] });
    const answer = page.getByRole('article', { name: /^Rolecall/ });
    await answer.getByText('CSV · 30 bytes').waitFor();
    expect(await page.locator('#announcer').textContent()).toContain('File report.csv.');
    await answer.getByText('Show', { exact: true }).click();
    expect(await answer.getByText('José Núñez,Manager').isVisible()).toBe(true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      answer.getByRole('link', { name: 'Download report.csv' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('report.csv');
    expect(readFileSync(await download.path(), 'utf8')).toBe(CSV);
  });

  it('with a name or contents of evil are words and nothing else', async () => {
    const { page, world } = await start();
    const name = '<img src=x onerror=hacked=1>.csv';
    world.post({ files: [{ id: 'F0EVIL', name, size: 1, preview: '<script>window.hacked=1</script>' }] });
    world.post({ files: [{ id: '../../calls', name: 'path.csv', size: 1 }] });
    world.post({ files: [{ id: 'F0GONE', deleted: true }] });
    await page.getByText(name, { exact: true }).waitFor();
    await page.getByText('This file was deleted.').waitFor();
    const address = await page.getByRole('link', { name: 'Download path.csv' }).getAttribute('href');
    expect(address).toBe('/api/slack/files/..%2F..%2Fcalls?user=U104');
    expect(await page.evaluate(inPage.traceOfScripts)).toBeNull();
    expect(await page.locator('.messages img, .messages script').count()).toBe(0);
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('fit and can be read (%s, %i wide)', async (colorScheme, width) => {
    const { page, world } = await start({ colorScheme, viewport: { width, height: 844 } });
    for (let count = 1; count <= 15; count++) world.post({ text: `message ${count}` });
    const name = `${'a-very-long-name-of-a-file-'.repeat(4)}.csv`;
    world.post({ files: [{ id: 'F0LONG', name, pretty_type: 'CSV', size: 12_345, preview: CSV, lines_more: 40 }] });
    await page.getByText('Show the first lines').click();
    await choose({ ...people, name });
    await page.getByText('With a-very').waitFor();
    expect(await page.evaluate(inPage.overflowWidth)).toBe(0);
    expect(await page.evaluate(inPage.contrastFaults)).toEqual([]);
    expect(await page.evaluate(inPage.namelessControls)).toEqual([]);
    expect(await page.evaluate(inPage.repeatedIds)).toEqual([]);
  });
});
