/**
 * Makes the pictures of the README from a gateway that runs with demo traffic, best for a quarter of an hour already
 * (`npm run demo -- --keep --dead-letters`):
 * `SIGNALBOX_URL=… ADMIN_EMAIL=… ADMIN_PASSWORD=… npm run screenshots -w @signalbox/dashboard`
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const OUT = resolve(import.meta.dirname, '../../../docs/images');
const url = process.env['SIGNALBOX_URL'] ?? 'http://127.0.0.1:8080';
const email = process.env['ADMIN_EMAIL'];
const password = process.env['ADMIN_PASSWORD'];
if (email === undefined || password === undefined) {
  throw new Error('Set ADMIN_EMAIL and ADMIN_PASSWORD to an account of the gateway.');
}
/** Long enough for the lines of the live figures to grow. */
const WATCH_MS = 30_000;
/** Until the demo traffic brings a delivery that needed two tries. */
const LONGEST_WAIT_MS = 60_000;

type Take = (name: string) => Promise<unknown>;

/** Opens a delivery that came through at its second try, of a target that gets events transformed. */
async function openRetriedDelivery(page: Page): Promise<void> {
  await page.goto(`${url}/deliveries?state=succeeded`);
  const link = page
    .getByRole('row')
    .filter({ hasText: 'Demo: chat' })
    .filter({ has: page.getByRole('cell', { name: '2', exact: true }) })
    .first()
    .getByRole('link');
  const path = await link.getAttribute('href', { timeout: LONGEST_WAIT_MS });
  await page.goto(`${url}${String(path)}`);
  await page.getByRole('region', { name: 'Body that was sent' }).first().waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('link', { name: /^Dead letters \d/ }).waitFor();
}

async function takeLight(page: Page, take: Take): Promise<void> {
  await page.waitForTimeout(WATCH_MS);
  await take('overview-light');
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await page.getByRole('table').getByRole('link').nth(8).waitFor();
  await take('events-light');
  await page.getByRole('link', { name: /^Dead letters/ }).click();
  await page.getByRole('row').filter({ hasText: 'HTTP 422' }).first().waitFor();
  await take('dead-letters-light');
  await page.getByRole('link', { name: 'Flow', exact: true }).click();
  await page.getByText('Demo: GitHub').first().waitFor();
  await take('flow-light');
  await writeSubscription(page);
  await take('subscription-light');
  await page.goto(`${url}/event-types/one?name=github.release.edited`);
  await page.getByText(/of the last \d+ events/).waitFor();
  await take('event-type-light');
  await page.goto(`${url}/audit-log`);
  await page.getByRole('table').getByRole('link').first().waitFor();
  await take('audit-log-light');
}

/** A pattern and a transform, tried on stored events; nothing is saved. */
async function writeSubscription(page: Page): Promise<void> {
  await page.goto(`${url}/subscriptions/new`);
  await page
    .getByRole('textbox', { name: 'Pattern', exact: true })
    .fill(
      '{\n  "type": [{ "prefix": "github." }],\n  "data": { "sender": { "type": ["User"] } }\n}',
    );
  await page.getByLabel('Transform').selectOption('jsonata');
  await page
    .getByRole('textbox', { name: 'Body' })
    .fill(
      '{\n  "who": data.sender.login,\n  "what": data.action,\n  "where": data.repository.full_name\n}',
    );
  await page.getByRole('button', { name: 'Backtest', exact: true }).click();
  await page.getByRole('button', { name: 'Run the backtest' }).click();
  await page.getByText('gone through').waitFor();
  await page.getByRole('textbox', { name: 'Would be sent' }).waitFor();
}

async function takeDark(page: Page, take: Take): Promise<void> {
  await page.waitForTimeout(WATCH_MS);
  await take('overview-dark');
  await openRetriedDelivery(page);
  await take('event-dark');
}

await mkdir(OUT, { recursive: true });
for (const [colorScheme, takeAll] of [
  ['light', takeLight],
  ['dark', takeDark],
] as const) {
  const { context, close } = await openBrowser({
    width: 1280,
    height: 800,
    colorScheme,
    scale: 1.5,
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, url, { email, password });
    await takeAll(page, async (name) => {
      // The pointer must not light up a row by chance.
      await page.mouse.move(640, 24);
      await page.screenshot({ path: `${OUT}/${name}.png` });
    });
  } finally {
    await close();
  }
}
