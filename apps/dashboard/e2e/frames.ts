/**
 * How smooth the list of events stays: `npm run frames -w @signalbox/dashboard`. Prints the longest frame while the list is scrolled through
 * to its end, while 200 events a second come in at its top, and while they do so with all rows loaded. A frame is what Chromium reports as a
 * long animation frame: script, style and layout until it is drawn, and the waiting between them, for a core or for the screen, which is
 * long where browser, gateway and this script share two cores. So it also says in how many of them the page itself was held up for more than
 * 50 ms without a break. Ends with code 1 where a frame took longer than 50 ms.
 */
import type { Page } from 'playwright-core';
import { createApiClient } from './api-client.ts';
import { openBrowser } from './browser.ts';
import { ADMIN, startGateway } from './gateway.ts';
import { signIn } from './sign-in.ts';

const ROWS = 100_000;
const BATCH = 100;
const RATE = 200;
const LIVE_MS = 20_000;
const LONGEST_FRAME_MS = 50;
/** A turn of the wheel: some 60 rows. */
const WHEEL_PX = 2400;
const TURN_MS = 50;

interface Frame {
  duration: number;
  /** By how much work without a break went over 50 ms. */
  blockingDuration: number;
}

type Client = Awaited<ReturnType<typeof createApiClient>>;

const someEvents = (count: number) =>
  Array.from({ length: count }, (_unused, number) => ({
    type: 'order.created',
    subject: `order-${number}`,
    data: { number },
  }));

/** What sends that many events of a new source. */
async function createSender(client: Client): Promise<(count: number) => Promise<unknown>> {
  const sourceId = String(
    (await client.post('/v1/sources', { name: 'shop', ratePerSecond: 100_000 }))['id'],
  );
  const key = String((await client.post(`/v1/sources/${sourceId}/keys`, { name: 'k' }))['key']);
  return async (count) => client.sendEvents(sourceId, key, someEvents(count));
}

/** Sends events evenly until told to stop. */
function sendSteadily(send: (count: number) => Promise<unknown>): () => Promise<void> {
  const perTick = RATE / 20;
  const end = new AbortController();
  const work = (async () => {
    while (!end.signal.aborted) {
      await send(perTick);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  return async () => {
    end.abort();
    await work;
  };
}

/** Has the page note each long frame from now on. */
async function watchFrames(page: Page): Promise<() => Promise<Frame[]>> {
  await page.evaluate(() => {
    const frames: Frame[] = [];
    Object.assign(globalThis, { frames });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Frame[]) {
        frames.push({ duration: entry.duration, blockingDuration: entry.blockingDuration });
      }
    }).observe({ type: 'long-animation-frame' });
  });
  return async () =>
    page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames.splice(0));
}

/** Turns the wheel over the list until its last row is loaded. */
async function scrollToEnd(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: 'Events' });
  await table.hover();
  // Looking for it anew at each turn would be work in the page itself.
  const box = await table.elementHandle();
  for (;;) {
    await page.mouse.wheel(0, WHEEL_PX);
    await page.waitForTimeout(TURN_MS);
    if (Number(await box.getAttribute('aria-rowcount')) > ROWS) return;
  }
}

function report(what: string, frames: readonly Frame[]): void {
  const longest = Math.max(0, ...frames.map(({ duration }) => duration));
  const over = frames.filter(({ duration }) => duration > LONGEST_FRAME_MS).length;
  const held = frames.filter(({ blockingDuration }) => blockingDuration > 0).length;
  const said =
    longest === 0 ? `none over ${LONGEST_FRAME_MS} ms` : `longest frame ${longest.toFixed(0)} ms`;
  console.log(`${what}: ${said}, ${over} over ${LONGEST_FRAME_MS} ms, the page held up in ${held}`);
  if (over > 0) process.exitCode = 1;
}

const gateway = await startGateway();
const browser = await openBrowser({ width: 1280, height: 800, colorScheme: 'light' });
try {
  const send = await createSender(await createApiClient(gateway.url));
  for (let sent = 0; sent < ROWS; sent += BATCH) await send(BATCH);
  const page = await browser.context.newPage();
  await signIn(page, gateway.url, ADMIN);
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await page.getByRole('table').getByRole('link').first().waitFor();
  const takeFrames = await watchFrames(page);

  const stopFirst = sendSteadily(send);
  await page.waitForTimeout(LIVE_MS);
  report(`${RATE} events/s at the top of the list`, await takeFrames());
  await stopFirst();

  await scrollToEnd(page);
  report(`scrolled through ${ROWS} rows`, await takeFrames());

  const stopSecond = sendSteadily(send);
  await page.waitForTimeout(LIVE_MS);
  report(`${RATE} events/s below ${ROWS} rows`, await takeFrames());
  await stopSecond();
} finally {
  await browser.close();
  await gateway.stop();
}
