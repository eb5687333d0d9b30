/**
 * Lighthouse on the overview and the list of events, signed in and with traffic, each on a simulated slow phone and on a desktop machine:
 * `npm run lighthouse -w @signalbox/dashboard`. Prints the medians of three rounds and ends with code 1 where one is below 95. The phone
 * is this machine made four times slower, so how fast the machine was is printed too, as Lighthouse's own index (its authors take 1500 to
 * 2000 for a fast desktop). Lighthouse is fetched for the occasion: it is larger than all that the dashboard is made of.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createApiClient } from './api-client.ts';
import { openBrowser } from './browser.ts';
import { ADMIN, freePort, startGateway } from './gateway.ts';
import { startReceiver } from './receiver.ts';
import { signIn } from './sign-in.ts';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const LEAST = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const PAGES = ['/', '/events'];
const DEVICES = { phone: [], desktop: ['--preset=desktop'] };
const EVENTS = 200;
const ROUNDS = 3;
/** Of the stream that a signed-in page keeps open Lighthouse would wait for the end. */
const LONGEST_LOAD_MS = 20_000;

interface Report {
  environment: { benchmarkIndex: number };
  finalDisplayedUrl: string;
  categories: Record<(typeof CATEGORIES)[number], { score: number | null }>;
}

/** Makes a source, a target and what flows between them. */
async function makeTraffic(url: string, targetUrl: string): Promise<void> {
  const client = await createApiClient(url);
  const source = await client.post('/v1/sources', { name: 'shop' });
  const { key } = await client.post(`/v1/sources/${String(source['id'])}/keys`, { name: 'k' });
  const target = await client.post('/v1/targets', { name: 'billing', url: targetUrl });
  await client.post('/v1/subscriptions', {
    name: 'orders',
    targetId: target['id'],
    pattern: { type: ['order.created'] },
  });
  for (let number = 0; number < EVENTS; number += 1) {
    await client.sendEvent(String(key), { type: 'order.created', data: { number } });
  }
}

/** The scores of one load, 0–100, in the order of the categories, and the index of the machine. */
async function measure(url: string, port: number, device: readonly string[]): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-lighthouse-'));
  try {
    const output = join(folder, 'report.json');
    await promisify(execFile)('npm', [
      ...['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', url],
      ...[`--port=${port}`, '--output=json', `--output-path=${output}`, '--quiet'],
      ...['--disable-storage-reset', '--no-enable-error-reporting'],
      `--max-wait-for-load=${LONGEST_LOAD_MS}`,
      ...[`--only-categories=${CATEGORIES.join(',')}`, ...device],
    ]);
    const report = JSON.parse(await readFile(output, 'utf8')) as Report;
    if (report.finalDisplayedUrl !== url) throw new Error(`was led to ${report.finalDisplayedUrl}`);
    const scores = CATEGORIES.map((name) => (report.categories[name].score ?? 0) * 100);
    return [...scores, report.environment.benchmarkIndex];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}

const gateway = await startGateway();
const receiver = await startReceiver();
const port = await freePort();
const browser = await openBrowser({ width: 1280, height: 800, colorScheme: 'light', port });
try {
  await makeTraffic(gateway.url, receiver.url);
  const page = await browser.context.newPage();
  await signIn(page, gateway.url, ADMIN);
  await page.close();
  for (const path of PAGES) {
    for (const [device, flags] of Object.entries(DEVICES)) {
      const rounds: number[][] = [];
      for (let round = 0; round < ROUNDS; round += 1)
        rounds.push(await measure(`${gateway.url}${path}`, port, flags));
      const medianOf = (index: number) => median(rounds.map((round) => round[index] ?? 0));
      const scores = CATEGORIES.map((_name, index) => medianOf(index));
      const said = CATEGORIES.map((name, index) => `${name} ${scores[index]}`).join(', ');
      console.log(`${path} on a ${device}: ${said} (machine ${medianOf(CATEGORIES.length)})`);
      if (Math.min(...scores) < LEAST) process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await receiver.stop();
  await gateway.stop();
}
