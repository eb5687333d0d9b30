/**
 * Makes the pictures of the README from a gateway that runs with demo traffic:
 * `SIGNALBOX_URL=… ADMIN_EMAIL=… ADMIN_PASSWORD=… npm run screenshots -w @signalbox/dashboard`
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';

const OUT = resolve(import.meta.dirname, '../../../docs/images');
const url = process.env['SIGNALBOX_URL'] ?? 'http://127.0.0.1:8080';
const email = process.env['ADMIN_EMAIL'];
const password = process.env['ADMIN_PASSWORD'];
if (email === undefined || password === undefined) {
  throw new Error('Set ADMIN_EMAIL and ADMIN_PASSWORD to an account of the gateway.');
}
/** Long enough for the lines of the live figures to grow. */
const WATCH_MS = 20_000;

async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
}

async function takeAll(page: Page, theme: string): Promise<void> {
  const take = (name: string) => page.screenshot({ path: `${OUT}/${name}-${theme}.png` });
  await page.waitForTimeout(WATCH_MS);
  await take('overview');
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await page.getByRole('table').getByRole('link').nth(8).waitFor();
  await take('events');
  await page.goto(`${url}/deliveries`);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('region', { name: 'Body that was sent' }).first().waitFor();
  await take('event');
}

await mkdir(OUT, { recursive: true });
for (const colorScheme of ['light', 'dark'] as const) {
  const { context, close } = await openBrowser({ width: 1440, height: 900, colorScheme });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await signIn(page, { email, password });
    await takeAll(page, colorScheme);
  } finally {
    await close();
  }
}
