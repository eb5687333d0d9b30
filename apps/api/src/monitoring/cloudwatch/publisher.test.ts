import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../domain/fake-clock.ts';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { createWorkload } from '../fixture-for-tests.ts';
import type { Datum } from './datum.ts';
import { startCloudWatchStandIn } from '../testing/cloudwatch-stand-in.ts';
import { openCloudWatch } from './open-cloudwatch.ts';
import { createProcessFigures } from './process-figures.ts';
import { createRequestTally } from './request-tally.ts';
import { startPublisher } from './start-publisher.ts';
import { createStoreFigures } from './store-figures.ts';

const START = Date.UTC(2026, 0, 5, 10, 0, 30);
const MINUTE_MS = 60_000;

let folder: string;
let store: Store;
let clock: FakeClock;
let lines: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-cloudwatch-'));
  clock = new FakeClock(START);
  lines = [];
  store = await open('prc_1');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(id: string): Promise<Store> {
  const file = join(folder, 'a.db');
  return openSqliteStore({ file, clock, process: { id, pid: process.pid, host: 'test' } });
}

/** One process that publishes, and what it sent each time. */
function publisherOf(of: Store, send: (data: readonly Datum[]) => Promise<void>) {
  let onTurn = () => {};
  const requests = createRequestTally();
  const publisher = startPublisher({
    store: of,
    clock: {
      now: () => clock.now(),
      // It asks for its next turn when it has ended one.
      after(delayMs, action) {
        onTurn();
        return clock.after(delayMs, action);
      },
    },
    send,
    processFigures: createProcessFigures(clock, requests),
    storeFigures: createStoreFigures({ store: of, clock }),
    log: (level, message) => lines.push(`${level} ${message}`),
  });
  return {
    ...publisher,
    requests,
    ended: () => new Promise<void>((resolve) => (onTurn = resolve)),
  };
}

const valueIn = (data: readonly Datum[], name: string) =>
  data.filter((datum) => datum.name === name).map(({ value }) => value);

describe('each minute', () => {
  test('the figures of the whole gateway are of the minute before, and of one process only', async () => {
    const work = createWorkload(store, clock);
    const other = await open('prc_2');
    const sent: Datum[][] = [];
    const send = (data: readonly Datum[]) => Promise.resolve(void sent.push([...data]));
    const publishers = [publisherOf(store, send), publisherOf(other, send)];
    await Promise.all(publishers.map((publisher) => publisher.ended()));
    const [claims] = [await work.accept({}, 'tgt_a', 'tgt_a', 'tgt_b')];
    await work.accept({ eventId: 'same' });
    await work.accept({ eventId: 'same' });
    for (const [index, statusCode] of [200, 422].entries()) {
      const claim = claims[index];
      if (claim) await work.settle(claim, statusCode);
    }
    sent.length = 0;
    const turns = publishers.map((publisher) => publisher.ended());
    clock.advance(35_000);
    await Promise.all(turns);
    expect(sent).toHaveLength(2);
    const all = sent.flat();
    expect(valueIn(all, 'EventsAccepted')).toEqual([2]);
    expect(all.find(({ name }) => name === 'EventsAccepted')?.at).toBe(START - 30_000);
    expect(valueIn(all, 'DeliveriesSucceeded')).toEqual([1]);
    expect(valueIn(all, 'DeliveriesDead')).toEqual([1]);
    expect(valueIn(all, 'BacklogDeliveries')).toEqual([1]);
    expect(valueIn(all, 'OldestOpenDeliverySeconds')).toEqual([35]);
    expect(valueIn(all, 'DeadLettersOpen')).toEqual([1]);
    expect(valueIn(all, 'ConservationDifference')).toEqual([0]);
    expect(valueIn(all, 'ProcessMemoryBytes')).toHaveLength(2);
    for (const publisher of publishers) await publisher.stop();
    await other.close();
  });

  test('a process tells of its start once, of its requests since the last time, and of itself', async () => {
    const sent: Datum[][] = [];
    const publisher = publisherOf(store, (data) => Promise.resolve(void sent.push([...data])));
    await publisher.ended();
    expect(valueIn(sent[0] ?? [], 'ProcessRestarts')).toEqual([1]);
    expect(valueIn(sent[0] ?? [], 'AcceptLatencyP99Ms')).toEqual([]);
    const request = { method: 'POST', route: '/v1/events', status: 202, durationMs: 10 };
    publisher.requests.observe(request);
    publisher.requests.observe({ ...request, route: '/v1/sources', status: 500, durationMs: 900 });
    for (const [errors, count] of [
      [1, 1],
      [0, 0],
    ]) {
      const turn = publisher.ended();
      clock.advance(MINUTE_MS);
      await turn;
      const data = sent.at(-1) ?? [];
      expect(valueIn(data, 'ProcessRestarts')).toEqual([0]);
      expect(valueIn(data, 'ServerErrors')).toEqual([errors]);
      expect(valueIn(data, 'AcceptLatencyP99Ms')).toHaveLength(count ?? 0);
    }
    const last = sent[1] ?? [];
    const [latency = 0] = valueIn(last, 'AcceptLatencyP99Ms');
    expect(latency > 8 && latency < 12).toBe(true);
    const [memory = 0] = valueIn(last, 'ProcessMemoryBytes');
    expect(memory).toBeGreaterThan(10_000_000);
    await publisher.stop();
  });
});

test('a CloudWatch that is away is logged once, and what was not taken goes along later, up to a bound', async () => {
  let isAway = true;
  let sent: readonly Datum[] = [];
  const publisher = publisherOf(store, (data) => {
    sent = [...data];
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
  });
  await publisher.ended();
  async function pass(): Promise<void> {
    const turn = publisher.ended();
    clock.advance(MINUTE_MS);
    await turn;
  }
  await pass();
  await pass();
  expect(valueIn(sent, 'ProcessRestarts')).toEqual([1, 0, 0]);
  expect(valueIn(sent, 'EventsAccepted')).toHaveLength(3);
  for (let minute = 0; minute < 30; minute += 1) await pass();
  expect(sent).toHaveLength(250);
  expect(lines).toEqual(['warn CloudWatch does not take figures']);
  isAway = false;
  await pass();
  expect(sent).toHaveLength(250);
  await pass();
  expect(sent.length).toBeLessThan(20);
  expect(lines.slice(1)).toEqual(['info CloudWatch takes figures again']);
  await publisher.stop();
});

test('the SDK sends one PutMetricData with namespace, dimension, units and times, and a refusal is an error', async () => {
  const standIn = await startCloudWatchStandIn();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: standIn.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const { send, close } = await openCloudWatch({ namespace: 'Signalbox', environment: 'staging' });
  const datum = { name: 'ServerErrors', value: 3, unit: 'Count', at: START } as const;
  await send([datum, { ...datum, name: 'ProcessMemoryBytes', unit: 'Bytes' }]);
  expect(standIn.operations).toEqual(['GraniteServiceVersion20100801.PutMetricData']);
  expect(standIn.requests[0]).toMatchObject({
    Namespace: 'Signalbox',
    MetricData: [
      {
        MetricName: 'ServerErrors',
        Value: 3,
        Unit: 'Count',
        Timestamp: START / 1000,
        Dimensions: [{ Name: 'Environment', Value: 'staging' }],
      },
      { MetricName: 'ProcessMemoryBytes', Unit: 'Bytes' },
    ],
  });
  standIn.answer(400);
  await expect(send([datum])).rejects.toThrow();
  close();
  await standIn.close();
});
