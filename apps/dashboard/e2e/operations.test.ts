import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createApiClient } from './api-client.ts';
import { audit } from './audit.ts';
import { openBrowser } from './browser.ts';
import { ADMIN, startGateway, type Gateway } from './gateway.ts';
import { startLink } from './link.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { signIn } from './sign-in.ts';

const XSS = '"><img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
const VIEWER = { email: 'vera@example.com', password: 'a long enough password' };

let gateway: Gateway;
let receiver: Receiver;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let client: Awaited<ReturnType<typeof createApiClient>>;
let page: Page;
let key = '';
const faults: string[] = [];

const idOf = (answer: Record<string, unknown>) => String(answer['id']);
const heading = (on: Page, name: string) =>
  on.getByRole('heading', { name, level: 1, exact: true }).waitFor();

beforeAll(async () => {
  gateway = await startGateway();
  receiver = await startReceiver();
  client = await createApiClient(gateway.url);
  const source = await client.post('/v1/sources', { name: XSS.slice(0, 90) });
  key = String((await client.post(`/v1/sources/${idOf(source)}/keys`, { name: 'k' }))['key']);
  const target = await client.post('/v1/targets', { name: 'billing', url: receiver.url });
  await client.post('/v1/subscriptions', {
    name: 'orders',
    targetId: idOf(target),
    pattern: { type: ['order.created'] },
    transform: { language: 'jsonata', body: '$error("no such field")' },
  });
  await client.post('/v1/users', { ...VIEWER, name: 'Vera', role: 'viewer' });
  browser = await openBrowser({ width: 1280, height: 800, colorScheme: 'light' });
  page = browser.context.pages()[0] ?? (await browser.context.newPage());
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => faults.push(dialog.message()));
});
afterAll(async () => {
  await browser.close();
  await receiver.stop();
  await gateway.stop();
});

describe('an operator whose transform fails', () => {
  test('finds the dead letter and its reason', async () => {
    await client.sendEvent(key, { type: 'order.created', subject: 'o-1', data: { orderId: 1 } });
    await signIn(page, gateway.url, ADMIN);
    await page.goto(`${gateway.url}/dead-letters`);
    const group = page.getByRole('region', { name: 'Groups of dead letters' }).getByRole('row');
    await group.filter({ hasText: 'Transform failed' }).waitFor();
  });

  test('repairs the transform on the stored event, and a backtest says what would be sent', async () => {
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await page.getByRole('link', { name: 'orders' }).click();
    await page.getByText('The transform fails on this event').waitFor();
    await page.getByRole('textbox', { name: 'Body' }).fill('{ "order": data.orderId }');
    await page.getByRole('textbox', { name: 'Would be sent' }).getByText('"order"').waitFor();
    await page.getByRole('button', { name: 'Backtest', exact: true }).click();
    await page.getByRole('button', { name: 'Run the backtest' }).click();
    await page.getByText('1 event gone through: 1 matches.').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('button', { name: 'Save' })
      .and(page.locator('[title="Nothing has changed."]'))
      .waitFor();
  });

  test('retries all deliveries of a filter, and the event arrives in its new shape', async () => {
    await page.goto(`${gateway.url}/deliveries?state=dead`);
    await page.getByRole('button', { name: 'Retry all' }).click();
    const dialog = page.getByRole('dialog', {
      name: 'Retry all deliveries of this filter: state dead?',
    });
    await dialog.getByRole('button', { name: 'Retry all' }).click();
    await page.getByText('1 delivery retried.').waitFor();
    await page.goto(`${gateway.url}/deliveries?state=succeeded`);
    await page.getByRole('row').filter({ hasText: 'order.created' }).waitFor();
    expect(receiver.bodies).toEqual(['{"order":1}']);
  });

  test('is back at the button that asked, when the dialog is closed by key or by button', async () => {
    const button = page.getByRole('button', { name: 'Cancel all' });
    for (const close of ['Escape', 'Enter']) {
      await button.press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).press(close);
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });

  test('writes a span of time by hand, and takes away a filter that no control shows', async () => {
    await page.goto(`${gateway.url}/deliveries?state=succeeded&orderingKey=none`);
    await page.getByText('No delivery fits these filters').waitFor();
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('Created', { exact: true }).selectOption('last hour');
    const from = page.getByLabel('Created from');
    await from.press('Backspace');
    await page.waitForURL((url) => !url.searchParams.has('createdAfter'));
    await from.pressSequentially('01012020');
    await page.waitForURL((url) => url.searchParams.get('createdAfter')?.startsWith('20') === true);
    expect(await page.getByLabel('Created until').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Take away: Ordering key none' }).click();
    await page.getByRole('row').filter({ hasText: 'order.created' }).waitFor();
  });

  test('goes anywhere by Ctrl-K, and acts there', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command' }).fill('audit');
    await page.keyboard.press('Enter');
    await heading(page, 'Audit log');
    await page.getByRole('link', { name: 'delivery retried' }).click();
    await page.getByRole('region', { name: 'What changed' }).getByText('pending').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Command' }).fill('pause billing');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pause billing?' });
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Targets', exact: true }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
  });

  test('saves a list as a file', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^signalbox-targets-[\d-]+\.csv$/);
    await page.getByText('Saved 1 row.').waitFor();
    await page.keyboard.press('Escape');
  });

  test('gives a type a schema, after seeing that the stored events fit it', async () => {
    await page.getByRole('link', { name: 'Event types' }).click();
    await page.getByRole('link', { name: 'order.created' }).click();
    await page.getByText('Fits all of the last 1 event').waitFor();
    await page.getByRole('button', { name: 'Add version' }).click();
    await page.getByRole('region', { name: 'Schema, version 1' }).waitFor();
    await page.getByText('Fits the schema').waitFor();
    await page.getByRole('textbox', { name: 'Payload' }).fill('{"orderId": "x"}');
    await page.getByText('must be number').waitFor();
  });
});

describe('two tabs', () => {
  test('see what the other changes', async () => {
    const other = await browser.context.newPage();
    await other.goto(`${gateway.url}/targets`);
    await other.getByText('Live', { exact: true }).waitFor();
    await page.goto(`${gateway.url}/targets`);
    await page.getByRole('link', { name: 'billing' }).click();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await other.getByText('Active', { exact: true }).waitFor();
    await other.close();
  });
});

describe('a connection that is lost', () => {
  test('is said with its reason, and what happened meanwhile appears when it is back', async () => {
    const link = await startLink(gateway.url);
    const watching = await browser.context.newPage();
    await watching.goto(`${link.url}/events`);
    await watching.getByText('Live', { exact: true }).waitFor();
    const send = async (subject: string) =>
      client.sendEvent(key, { type: 'order.created', subject, data: { orderId: 1 } });
    await send('before');
    await watching.getByRole('row').filter({ hasText: 'before' }).waitFor();
    await link.cut();
    await watching.getByText('Reconnecting').waitFor();
    await watching.getByText('the gateway cannot be reached').waitFor();
    await send('meanwhile');
    await link.mend();
    await watching.getByText('Live', { exact: true }).waitFor();
    await watching.getByRole('row').filter({ hasText: 'meanwhile' }).waitFor();
    await send('afterwards');
    await watching.getByRole('row').filter({ hasText: 'afterwards' }).waitFor();
    await watching.close();
    await link.cut();
  });
});

describe('names that look like markup', () => {
  test('stay text on every screen', async () => {
    const name = XSS.slice(0, 90);
    const target = await client.post('/v1/targets', { name, url: receiver.url });
    await client.post('/v1/subscriptions', {
      name,
      targetId: idOf(target),
      pattern: { type: [XSS], data: { [XSS]: [XSS] } },
    });
    await client.post('/v1/users', { ...VIEWER, email: 'x@example.com', name, role: 'viewer' });
    await client.post('/v1/event-types', {
      name: '<img/src=x/onerror=hacked=1>',
      description: XSS,
    });
    await client.sendEvent(key, { type: XSS, subject: XSS, data: { [XSS]: XSS } });
    const links = await page.getByRole('navigation').getByRole('link').all();
    const screens = await Promise.all(links.map((link) => link.getAttribute('href')));
    for (const path of new Set([...screens, '/subscriptions/new', '/replays/new'])) {
      await page.goto(`${gateway.url}${String(path)}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      expect({ path, hacked: await page.evaluate(() => 'hacked' in window) }).toEqual({
        path,
        hacked: false,
      });
    }
    expect(faults).toEqual([]);
  });
});

describe('what admins look after', () => {
  test.each(['light', 'dark'] as const)('meets WCAG AA, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const check = async (path: string) => {
      expect({ path, found: await audit(page) }).toEqual({ path, found: [] });
    };
    for (const list of ['/users', '/event-types', '/alert-rules']) {
      await page.goto(`${gateway.url}${list}/new`);
      await page.getByRole('button', { name: /^Create / }).waitFor();
      await check(`${list}/new`);
      await page.goto(`${gateway.url}${list}`);
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('button', { name: /^(Save|Register)$/ }).waitFor();
      await check(`the first of ${list}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  });
});

describe('a viewer', () => {
  test('sees what an operator sees, and is told why they may not act', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in to Signalbox');
    await signIn(page, gateway.url, VIEWER);
    await page.goto(`${gateway.url}/deliveries?state=succeeded`);
    const retry = page.getByRole('button', { name: 'Retry all' });
    await retry.waitFor();
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    expect(await retry.getAttribute('title')).toBe('Needs the role operator; you are a viewer.');
    await retry.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByText('Not for your role').waitFor();
  });

  test('changes the own password and goes on', async () => {
    const next = 'another long enough password';
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Current password').fill(VIEWER.password);
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByLabel('New password again').fill(next);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, gateway.url, { ...VIEWER, password: next });
  });
});
