import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Playground, startPlayground } from '#sandbox/playground/server.ts';
import { SmallWorld } from './small-world.ts';

/** Nothing that calls home, nothing kept from an earlier run. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser to test with, or null, told loudly, where there is none.
 *
 * @throws in CI, where a missing browser would make the tests pass by not running
 */
export function findBrowser(): string | null {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  if (existsSync(path)) return path;
  const notice = `No browser at ${path}: the playground's browser tests are SKIPPED. Install chromium or set CHROMIUM_PATH.`;
  if (process.env.CI === 'true') throw new Error(notice);
  process.stderr.write(`\n${notice}\n\n`);
  return null;
}

/** Starts the browser with a fresh profile. */
export function launchBrowser(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: FLAGS });
}

/** A playground on a small world with one open page, and what went wrong in it. */
export type Visit = {
  world: SmallWorld;
  playground: Playground;
  page: Page;
  /** Page errors, console errors (a broken content policy among them) and requests to other hosts. */
  troubles: string[];
  close(): Promise<void>;
};

type VisitOptions = BrowserContextOptions & { extra?: number; prepare?: (world: SmallWorld) => void; hash?: string };

/** Opens the page as a newcomer would. */
export async function visit(
  browser: Browser,
  { extra = 0, prepare, hash = '', ...options }: VisitOptions = {},
): Promise<Visit> {
  const world = new SmallWorld({ extra });
  await world.start();
  prepare?.(world);
  const playground = await startPlayground({
    slackControlUrl: world.slack.url,
    ringcentralControlUrl: world.ringcentral.url,
    company: 'Cobalt Lane Clinics',
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles = watch(page, playground.url);
  await page.goto(`${playground.url}${hash}`);
  await page.locator('input[value="U104"]').waitFor({ state: 'attached' });
  await page.locator('#live[data-tone="good"]').waitFor({ state: 'attached' });
  const close = async () => {
    await context.close();
    await playground.close();
    await world.close();
  };
  return { world, playground, page, troubles, close };
}

/** Gathers page errors, console errors and requests to other hosts from now on. */
export function watch(page: Page, own: string): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      troubles.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(own)) troubles.push(`request elsewhere: ${request.url()}`);
  });
  return troubles;
}

type InPage<Result> = () => Result;

/** Runs inside the page; plain JavaScript because the types of a browser are not those of the tests. */
export const inPage = (await import(new URL('./in-page.js', import.meta.url).href)) as {
  namelessControls: InPage<string[]>;
  contrastFaults: InPage<string[]>;
  focusedThing: InPage<string>;
  isFocusInDialog: InPage<boolean>;
  focusMark: InPage<string>;
  repeatedIds: InPage<string[]>;
  overflowWidth: InPage<number>;
  groundColour: InPage<string>;
  traceOfScripts: InPage<unknown>;
};
