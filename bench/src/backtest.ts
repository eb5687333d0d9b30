/**
 * How long a backtest over the newest 10,000 events (about 1 KB each) takes, by a pattern alone, with a template and with a JSONata
 * transform, each over all events; and what `GET /health/ready` waits meanwhile. Exit code 1 above the goal.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createChildren, type Children } from './control/children.ts';
import { EVENT_TYPE, makeBatchBody } from './load/payload.ts';
import { median } from './load/percentile.ts';
import type { Door } from './processes/generator-commands.ts';
import { signIn } from './systems/configure-gateway.ts';
import { gatewaySettings, makeAdmin, openDoor, startInstance } from './systems/gateway-instance.ts';

const GOAL_MS = 2000;
const EVENTS = 10_000;
const BATCH = 200;
const PROBE_EVERY_MS = 20;
const DATA_FOLDER = fileURLToPath(new URL('../data', import.meta.url));

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

const TRANSFORMS = {
  'pattern alone': null,
  template: {
    language: 'template',
    body: '{ "customer": "{{ data.customer.name }}", "lines": {{ data.lines }} }',
  },
  JSONata: {
    language: 'jsonata',
    body: '{ "customer": data.customer.name, "total": $sum(data.lines.(quantity * unitPriceCents)), "skus": data.lines.sku }',
  },
};

async function fill(url: string, door: Door): Promise<void> {
  for (let first = 1; first <= EVENTS; first += BATCH) {
    const response = await fetch(url + door.path, {
      method: 'POST',
      headers: { ...door.headers, 'content-type': door.batchContentType },
      body: makeBatchBody(first, BATCH, 0),
    });
    if (response.status !== 202) throw new Error(`a batch was answered ${response.status}`);
  }
}

/** The longest that a small request waited while `work` ran. */
async function longestWaitMs(url: string, work: Promise<unknown>): Promise<number> {
  const running = { work: true };
  const ended = work.finally(() => (running.work = false));
  let longest = 0;
  while (running.work) {
    const start = performance.now();
    await (await fetch(`${url}/health/ready`)).text();
    longest = Math.max(longest, performance.now() - start);
    await wait(PROBE_EVERY_MS);
  }
  await ended;
  return longest;
}

async function run(children: Children, folder: string): Promise<number> {
  const admin = makeAdmin();
  const context = { children, folder, targetUrl: '' };
  const { child, port, url } = await startInstance(
    context,
    'gateway',
    gatewaySettings(folder, admin),
  );
  await fill(url, await openDoor(port, admin));
  const authorization = `Bearer ${await signIn(url, admin)}`;
  const backtest = async (transform: object | null): Promise<number> => {
    const start = performance.now();
    const response = await fetch(`${url}/v1/subscriptions/backtest`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ pattern: { type: [EVENT_TYPE] }, transform, limit: EVENTS }),
    });
    const report = (await response.json()) as Record<string, unknown>;
    if (report['matched'] !== EVENTS || report['failed'] !== 0)
      throw new Error(`the backtest says ${JSON.stringify({ ...report, samples: undefined })}`);
    return performance.now() - start;
  };

  let isHeld = true;
  for (const [name, transform] of Object.entries(TRANSFORMS)) {
    const times: number[] = [];
    const waits: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const work = backtest(transform);
      waits.push(await longestWaitMs(url, work));
      times.push(await work);
    }
    const elapsedMs = median(times);
    isHeld &&= elapsedMs <= GOAL_MS;
    console.log(
      `${name.padEnd(13)}  ${elapsedMs.toFixed(0)} ms over ${EVENTS} events (at most ${GOAL_MS}), ` +
        `longest wait of a small request ${median(waits).toFixed(0)} ms`,
    );
  }
  await children.stop(child);
  console.log(isHeld ? 'held' : 'MISSED');
  return isHeld ? 0 : 1;
}

mkdirSync(DATA_FOLDER, { recursive: true });
const folder = mkdtempSync(join(DATA_FOLDER, 'backtest-'));
const children = createChildren();
process.on('exit', () => {
  children.killAll();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130));
}
process.exit(await run(children, folder));
