import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createApiClient } from './api-client.ts';
import { audit } from './audit.ts';
import { openBrowser } from './browser.ts';
import { ADMIN, startGateway, type Gateway } from './gateway.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const XSS = '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>';
let gateway: Gateway;
let receiver: Receiver;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
let key = '';
const faults: string[] = [];

const send = async (event: Record<string, unknown>) => {
  const client = await createApiClient(gateway.url);
  return client.sendEvent(key, event);
};
const button = (name: string | RegExp) => page.getByRole('button', { name });
const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
const row = (text: string) => page.getByRole('row').filter({ hasText: text });

beforeAll(async () => {
  gateway = await startGateway();
  receiver = await startReceiver();
  browser = await openBrowser({ width: 1280, height: 800, colorScheme: 'light' });
  page = browser.context.pages()[0] ?? (await browser.context.newPage());
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const { url, lineNumber, columnNumber } = message.location();
    if (/Content Security Policy|React/.test(message.text()))
      faults.push(`${message.text()} (${url}:${lineNumber}:${columnNumber}, on ${page.url()})`);
  });
});
afterAll(async () => {
  await browser.close();
  await receiver.stop();
  await gateway.stop();
});

describe('an operator in a real browser', () => {
  test('is asked to sign in, and a wrong password is refused with the reason', async () => {
    await page.goto(`${gateway.url}/events?status=routed`);
    await heading('Sign in to Signalbox');
    expect(await audit(page)).toEqual([]);
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel('Password').fill('wrong password');
    await button('Sign in').click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/Request req_/);
  });

  test('signs in and lands where they wanted to go', async () => {
    await page.getByLabel('Password').fill(ADMIN.password);
    await button('Sign in').click();
    await heading('Events');
    expect(page.url()).toContain('/events?status=routed');
    await page.getByText('Live', { exact: true }).waitFor();
  });

  test('makes a source with its key, shown once with a command that carries it', async () => {
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('region', { name: 'Deliver your first event' }).waitFor();
    await page.getByRole('link', { name: 'Make a source' }).click();
    await page.getByLabel('Name').fill('shop');
    await button('Create source').click();
    key = (await page.getByRole('region', { name: 'Key', exact: true }).textContent()) ?? '';
    expect(key.length).toBeGreaterThan(30);
    const command = page.getByRole('region', { name: 'Command that sends an event' });
    expect(await command.textContent()).toContain(`Bearer ${key}`);
  });

  test('makes a target, sees its secret once, and tests it', async () => {
    await page.getByRole('link', { name: 'Make a target' }).click();
    await page.getByLabel('Name', { exact: true }).fill('billing');
    await page.getByLabel('URL').fill(receiver.url);
    await page.getByLabel('Which events it gets').selectOption('none');
    await button('Create target').click();
    const secret = page.getByRole('region', { name: 'Signing secret' });
    expect(await secret.textContent()).toMatch(/^whsec_/);
    await button('Send a test delivery').click();
    await page.getByText('HTTP 200').waitFor();
    expect(receiver.bodies.length).toBe(1);
  });

  test('makes a subscription whose pattern is checked while one types', async () => {
    await page.getByRole('link', { name: 'Make a subscription' }).click();
    await page.getByLabel('Name').fill('orders');
    const pattern = page.getByRole('textbox', { name: 'Pattern', exact: true });
    await pattern.fill('{"type": ["order.cancelled"]}');
    await page.getByText('The pattern does not take this event').waitFor();
    await page.getByText('there was "order.created"').waitFor();
    await pattern.fill('{"type": [{"prefixx": "o"}]}');
    await page.getByText('The pattern is not valid').waitFor();
    await pattern.fill('{"type": [{"prefix": "order."}]}');
    await page.getByText('The pattern takes this event').waitFor();
    await page.getByLabel('Transform').selectOption('jsonata');
    await page.getByRole('textbox', { name: 'Body' }).fill('{ "order": data.orderId }');
    const preview = page.getByRole('region', { name: 'What goes in and what comes out' });
    await preview.filter({ hasText: '"order": 1001' }).waitFor();
    await button('Create subscription').click();
    await heading('orders');
  });

  test('sees a posted event without reload, and its delivery succeed', async () => {
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await heading('Events');
    await send({ type: 'order.created', subject: 'order-7', data: { orderId: 7, note: XSS } });
    await row('order-7').waitFor();
    await row('order-7').getByRole('link').click();
    await heading('order.created');
    await page.getByText('Succeeded', { exact: true }).waitFor();
    const sent = page.getByRole('region', { name: 'Body that was sent' });
    expect(JSON.parse((await sent.textContent()) ?? '')).toEqual({ order: 7 });
    expect(receiver.bodies.at(-1)).toBe('{"order":7}');
  });

  test('sees a payload that looks like markup as text', async () => {
    const payload = page.getByRole('region', { name: 'Text of the payload' });
    expect(await payload.textContent()).toContain('<img src=x onerror=');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  });

  test('sees a dead letter with its reason, repairs the target and retries it', async () => {
    receiver.answerWith(422, '{"error":"unknown customer"}');
    await send({ type: 'order.shipped', subject: 'order-8', data: { orderId: 8 } });
    await page.getByRole('link', { name: /Dead letters/ }).click();
    await row('order.shipped').filter({ hasText: 'HTTP 422' }).waitFor();
    await row('order.shipped').getByRole('link').click();
    const answer = page.getByRole('region', { name: 'Body of the answer' });
    await answer.filter({ hasText: 'unknown customer' }).waitFor();
    receiver.answerWith(200);
    await button('Retry').click();
    await page.getByText('Succeeded', { exact: true }).waitFor();
    await button(/HTTP 200/).waitFor();
    expect(await button('Retry').getAttribute('aria-disabled')).toBe('true');
  });

  test('retries a whole group of dead letters and watches it drain', async () => {
    receiver.answerWith(422);
    await send({ type: 'order.returned', data: {} });
    await send({ type: 'order.returned', data: {} });
    await page.getByRole('link', { name: /Dead letters/ }).click();
    const group = page.getByRole('region', { name: 'Groups of dead letters' }).getByRole('row');
    await group.filter({ hasText: 'HTTP 422' }).filter({ hasText: '2' }).waitFor();
    receiver.answerWith(200);
    await group.getByRole('button', { name: 'Retry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Retry 2 dead letters of billing, HTTP 422?' });
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('2 of 2 dead letters').waitFor();
    await page.getByText('Completed', { exact: true }).waitFor();
    await group.filter({ hasText: 'HTTP 422' }).waitFor({ state: 'detached' });
  });

  test('replays an event, after seeing what that would deliver', async () => {
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await row('order.shipped').getByRole('link').click();
    await page.getByRole('link', { name: 'Replay…' }).click();
    await heading('New replay');
    await page.getByText('1 event, 1 delivery').waitFor();
    const before = receiver.bodies.length;
    await button('Start the replay').click();
    await heading('1 event to where they went');
    await page.getByText('1 of 1 event').waitFor();
    await page.getByRole('row', { name: 'Succeeded 1' }).waitFor();
    expect(receiver.bodies.length).toBe(before + 1);
    await page.getByRole('link', { name: 'Its deliveries' }).click();
    await row('order.shipped').getByLabel('Replayed').waitFor();
  });

  test('keeps a filter over a reload, and finds words of the payload', async () => {
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await heading('Events');
    await page.keyboard.press('/');
    await page.keyboard.type('onerror');
    await row('order-8').waitFor({ state: 'detached' });
    expect(page.url()).toContain('q=onerror');
    await page.reload();
    await row('order-7').waitFor();
    expect(await page.getByLabel('Search events').inputValue()).toBe('onerror');
    expect(await row('order-8').count()).toBe(0);
    await button('Clear').click();
    await row('order-8').waitFor();
  });

  test('narrows a list to a span of time, which the URL holds', async () => {
    await page.getByLabel('Received', { exact: true }).selectOption('last hour');
    await row('order-8').waitFor();
    expect(page.url()).toMatch(/receivedAfter=\d{4}-/);
    await page.getByLabel('Received until').fill('2020-01-01T00:00');
    await page.getByText('No event fits these filters').waitFor();
    await button('Clear').click();
    await row('order-8').waitFor();
    expect(page.url()).not.toContain('received');
  });

  test('moves through rows and opens one by keyboard', async () => {
    await page.getByLabel('Search events').blur();
    // Past two that were returned and one that was shipped.
    for (let row = 1; row <= 4; row += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await heading('order.created');
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await row('order-8').getByRole('link').focus();
    await page.keyboard.press('Enter');
    await heading('order.shipped');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('reaches the oldest of many rows, of which only those in sight are drawn', async () => {
    const client = await createApiClient(gateway.url);
    const sent = Array.from({ length: 150 }, (_unused, index) =>
      client.sendEvent(key, { type: 'stock.counted', subject: `shelf-${String(index)}`, data: {} }),
    );
    await Promise.all(sent);
    await page.goto(`${gateway.url}/events`);
    await page.getByRole('row').filter({ hasText: 'stock.counted' }).first().waitFor();
    const table = page.getByRole('table');
    while ((await row('order-7').count()) === 0) {
      await table.evaluate((box) => {
        box.scrollTo({ top: box.scrollHeight });
      });
    }
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(150);
    const place = () => table.evaluate((box) => box.scrollTop);
    const before = await place();
    await page.keyboard.press('j');
    await table.locator('[data-active=true]').waitFor();
    expect(await place()).toBe(before);
    await page.keyboard.press('Escape');
    await row('order-7').waitFor({ state: 'detached' });
  });

  test('changes the settings of a target, and the next change is based on the new version', async () => {
    await page.getByRole('link', { name: 'Targets' }).click();
    await row('billing').getByRole('link').click();
    for (const name of ['billing 2', 'billing 3']) {
      await page.getByLabel('Name', { exact: true }).fill(name);
      await button('Save').click();
      await heading(name);
    }
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('Active', { exact: true }).waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'meets WCAG AA on every screen, %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const links = await page.getByRole('navigation').getByRole('link').all();
      const screens = await Promise.all(links.map((link) => link.getAttribute('href')));
      const all = [
        ...screens,
        '/sources/new',
        '/targets/new',
        '/subscriptions/new',
        '/replays/new',
      ];
      for (const path of new Set(all)) {
        await page.goto(`${gateway.url}${String(path)}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByText('Live', { exact: true }).waitFor();
        expect({ path, found: await audit(page) }).toEqual({ path, found: [] });
      }
      for (const list of ['/events', '/sources', '/targets', '/subscriptions', '/replays']) {
        await page.goto(`${gateway.url}${list}`);
        await page.getByRole('table').getByRole('link').first().click();
        await page.getByRole('button', { name: 'Copy id' }).first().waitFor();
        expect({ list, found: await audit(page) }).toEqual({ list, found: [] });
      }
    },
    180_000,
  );

  test('sees that a subscription keeps its target, and deletes it after being asked once', async () => {
    await page.goto(`${gateway.url}/subscriptions`);
    await row('orders').getByRole('link').click();
    const target = page.getByLabel('Target', { exact: true });
    expect(await target.inputValue()).toBe('billing 3');
    expect(await target.isEditable()).toBe(false);
    await button('Delete').click();
    const dialog = page.getByRole('dialog', { name: 'Delete orders?' });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await heading('Subscriptions');
    await row('orders').waitFor({ state: 'detached' });
  });

  test('stays signed in over a reload, and is out after signing out', async () => {
    await page.reload();
    await button('Sign out').click();
    await heading('Sign in to Signalbox');
    await page.goto(`${gateway.url}/events`);
    await heading('Sign in to Signalbox');
  });

  test('met no fault of a script and no breach of the content security policy', () => {
    expect(faults).toEqual([]);
  });
});
