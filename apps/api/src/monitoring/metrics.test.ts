import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../domain/fake-clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { createWorkload } from './fixture-for-tests.ts';
import type { LaneView } from './lane-view.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { createPrometheus } from './prometheus.ts';

const START = Date.UTC(2026, 0, 5, 10, 0, 0);

let folder: string;
let store: Store;
let clock: FakeClock;
let metrics: Metrics;
let work: ReturnType<typeof createWorkload>;
let lanes: LaneView[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-metrics-'));
  clock = new FakeClock(START);
  lanes = [];
  store = await openSqliteStore({
    file: join(folder, 'a.db'),
    clock,
    process: { id: 'prc_1', pid: process.pid, host: 'test' },
  });
  work = createWorkload(store, clock);
  const target = (id: string) =>
    id.startsWith('tgt_') ? { body: { state: 'active' as const } } : undefined;
  metrics = createMetrics({ store, clock, lanes: () => lanes, target });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Three events to two targets: a succeeds twice after 100 and 900 ms, b is dead once, retries once, one is still out. */
async function someWork(): Promise<void> {
  const first = await work.accept({}, 'tgt_a', 'tgt_b');
  const second = await work.accept({ sourceId: 'src_2', type: 'order.paid' }, 'tgt_a', 'tgt_b');
  await work.accept({}, 'tgt_b');
  await work.accept({ status: 'quarantined' });
  await work.accept({ eventId: 'same' });
  await work.accept({ eventId: 'same' });
  clock.advance(100);
  for (const claim of first) {
    await work.settle(claim, claim.delivery.targetId === 'tgt_a' ? 200 : 422);
  }
  clock.advance(800);
  for (const claim of second) {
    await work.settle(claim, claim.delivery.targetId === 'tgt_a' ? 204 : 503);
  }
}

describe('summary', () => {
  test('adds up the window, as a whole and by target', async () => {
    await someWork();
    lanes = [{ targetId: 'tgt_b', breaker: 'open', inFlight: 1 }];
    const summary = await metrics.summary(900);
    expect(summary).toMatchObject({
      at: '2026-01-05T10:00:00.900Z',
      windowSeconds: 900,
      eventsAccepted: 5,
      deliveriesSucceeded: 2,
      attempts: 4,
      attemptsFailed: 2,
      successRate: 0.5,
      backlog: 2,
      oldestOpenAt: '2026-01-05T10:00:00.000Z',
      deadLetters: 1,
      targets: [
        { targetId: 'tgt_a', attempts: 2, attemptsFailed: 0, backlog: 0, breaker: 'closed' },
        { targetId: 'tgt_b', attempts: 2, attemptsFailed: 2, backlog: 2, breaker: 'open' },
      ],
    });
    expect(summary.eventsPerSecond).toBeCloseTo(5 / 960, 2);
  });

  test('percentiles are within a bucket of the truth', async () => {
    for (let count = 1; count <= 100; count += 1) {
      const [claim] = await work.accept({}, 'tgt_a');
      clock.advance(count * 10);
      if (claim) await work.settle(claim, 200);
    }
    const { p50Ms, p95Ms, p99Ms } = await metrics.summary(900);
    expect(p50Ms).toBeGreaterThan(500 / 1.2);
    expect(p50Ms).toBeLessThan(500 * 1.2);
    expect(p95Ms).toBeGreaterThan(950 / 1.2);
    expect(p95Ms).toBeLessThan(950 * 1.2);
    expect(p99Ms).toBeGreaterThanOrEqual(p95Ms ?? Infinity);
  });

  test('a quiet gateway has no rates and no percentiles', async () => {
    const summary = await metrics.summary(60);
    expect(summary).toMatchObject({ attempts: 0, successRate: null, p50Ms: null, targets: [] });
    expect(summary.oldestOpenAt).toBeNull();
  });

  test('what lies before the window is not counted', async () => {
    await someWork();
    clock.advance(3 * 60_000);
    expect((await metrics.summary(60)).eventsAccepted).toBe(0);
    expect((await metrics.summary(300)).eventsAccepted).toBe(5);
  });
});

describe('timeseries', () => {
  const hour = { from: '2026-01-05T09:58:00Z', to: '2026-01-05T10:03:00Z', step: 60 };

  test('each step has its value, and steps without anything hold 0 or null', async () => {
    await someWork();
    clock.advance(60_000);
    await work.accept({});
    const answer = await metrics.timeseries({
      ...hour,
      measures: ['eventsAccepted', 'eventsDuplicate', 'attemptsFailed', 'latencyP50Ms'],
    });
    expect(answer.stepSeconds).toBe(60);
    const values = Object.fromEntries(answer.series.map((one) => [one.measure, one.values]));
    expect(values).toMatchObject({
      eventsAccepted: [0, 0, 5, 1, 0],
      eventsDuplicate: [0, 0, 1, 0, 0],
      attemptsFailed: [0, 0, 2, 0, 0],
      latencyP50Ms: [null, null, expect.any(Number), null, null],
    });
  });

  test('by a dimension there is a series for each value that was counted', async () => {
    await someWork();
    const { series } = await metrics.timeseries({
      ...hour,
      measures: ['eventsAccepted', 'attempts'],
      dimensions: ['targetId'],
    });
    // Events do not know a target, so they have no series by target.
    expect(series).toEqual([
      { measure: 'attempts', dimensions: { targetId: 'tgt_a' }, values: [0, 0, 2, 0, 0] },
      { measure: 'attempts', dimensions: { targetId: 'tgt_b' }, values: [0, 0, 2, 0, 0] },
    ]);
  });

  test('filters narrow it to one source or target', async () => {
    await someWork();
    const bySource = await metrics.timeseries({
      ...hour,
      measures: ['eventsAccepted'],
      sourceId: 'src_2',
    });
    expect(bySource.series[0]?.values).toEqual([0, 0, 1, 0, 0]);
    const byTarget = await metrics.timeseries({
      ...hour,
      measures: ['deliveriesDead'],
      targetId: 'tgt_a',
    });
    expect(byTarget.series[0]?.values).toEqual([0, 0, 0, 0, 0]);
  });

  test('the sums do not depend on the step', async () => {
    await someWork();
    clock.advance(7 * 60_000);
    await someWork();
    for (const step of [60, 120, 300, 3600]) {
      const { series } = await metrics.timeseries({ step, measures: ['eventsAccepted'] });
      const total = (series[0]?.values ?? []).reduce<number>((sum, one) => sum + (one ?? 0), 0);
      // The second time the duplicate is one from the start.
      expect(total).toBe(9);
    }
  });

  test('without a step there are at most 240 points or so, over any span', async () => {
    const month = { from: '2025-12-06T10:00:00Z', to: '2026-01-05T10:00:00Z' };
    const { series, stepSeconds } = await metrics.timeseries({ ...month, measures: ['attempts'] });
    expect(stepSeconds % 60).toBe(0);
    expect(series[0]?.values.length).toBeLessThanOrEqual(241);
  });

  test('a span turned round and far too many points are refused', async () => {
    const refused = { code: 'invalid_request' };
    const turned = { from: hour.to, to: hour.from };
    await expect(metrics.timeseries(turned)).rejects.toMatchObject(refused);
    const endless = { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z', step: 60 };
    await expect(metrics.timeseries(endless)).rejects.toMatchObject(refused);
  });
});

describe('conservation', () => {
  test('both sides agree in the middle of the work', async () => {
    await someWork();
    const report = await metrics.conservation();
    expect(report).toEqual({
      events: { accepted: 5, routed: 3, unmatched: 1, quarantined: 1, balanced: true },
      deliveries: {
        made: 5,
        pending: 0,
        delivering: 1,
        retrying: 1,
        succeeded: 2,
        dead: 1,
        cancelled: 0,
        balanced: true,
      },
    });
  });

  test('a lost row is noticed', async () => {
    await someWork();
    const robbed = {
      ...store,
      async conservation() {
        const truth = await store.conservation();
        return { ...truth, deliveries: { ...truth.deliveries, dead: 0 } };
      },
    };
    const robbedMetrics = createMetrics({
      store: robbed,
      clock,
      lanes: () => [],
      target: () => undefined,
    });
    const { events, deliveries } = await robbedMetrics.conservation();
    expect([events.balanced, deliveries.balanced]).toEqual([true, false]);
  });
});

describe('flow', () => {
  test('tells what came, what it made for which target, and how the targets did', async () => {
    await someWork();
    const flow = await metrics.flow({ windowSeconds: 60 });
    expect(flow).toMatchObject({ from: '2026-01-05T09:59:00.000Z', leftOut: 0 });
    const shop = { sourceId: 'src_1', type: 'order.created' };
    const other = { sourceId: 'src_2', type: 'order.paid' };
    expect(flow.arrivals).toEqual([
      { ...shop, accepted: 4, unmatched: 1, quarantined: 1 },
      { ...other, accepted: 1, unmatched: 0, quarantined: 0 },
    ]);
    expect(flow.deliveries).toHaveLength(4);
    expect(flow.deliveries[0]).toEqual({ ...shop, targetId: 'tgt_b', made: 2 });
    expect(flow.deliveries).toContainEqual({ ...other, targetId: 'tgt_a', made: 1 });
    expect(new Set(flow.targets)).toEqual(
      new Set([
        { targetId: 'tgt_a', succeeded: 2, dead: 0, attempts: 2, attemptsFailed: 0 },
        { targetId: 'tgt_b', succeeded: 0, dead: 1, attempts: 2, attemptsFailed: 2 },
      ]),
    );
  });
});

describe('targetHealth', () => {
  test('tells how one target does', async () => {
    await someWork();
    lanes = [{ targetId: 'tgt_b', breaker: 'half-open', inFlight: 3 }];
    const health = await metrics.targetHealth('tgt_b');
    expect(health).toEqual({
      targetId: 'tgt_b',
      state: 'active',
      breaker: 'half-open',
      backlog: 2,
      oldestOpenAt: '2026-01-05T10:00:00.000Z',
      inFlight: 3,
      attempts: 2,
      succeeded: 0,
      successRate: 0,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
    });
    expect(await metrics.targetHealth('tgt_a')).toMatchObject({ attempts: 2, successRate: 1 });
    await expect(metrics.targetHealth('other')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('Prometheus', () => {
  test('counts on from the rollups, names the units, and says which process its own figures are of', async () => {
    lanes = [{ targetId: 'tgt_b', breaker: 'open', inFlight: 1 }];
    const prometheus = createPrometheus({
      metrics,
      lanes: () => lanes,
      processName: 'box/1',
      securityCodes: ['login_failed', 'invalid_token'],
      rateLimits: () => ({ mode: 'apart', processes: 3 }),
      clock,
    });
    await work.accept({});
    const before = await prometheus.text();
    expect(before).not.toMatch(/^signalbox_events_total\{status="routed"\}/m);
    await someWork();
    clock.advance(5 * 60_000);
    await someWork();
    prometheus.observeRequest({
      method: 'GET',
      route: '/v1/events/{id}',
      status: 404,
      durationMs: 4,
    });
    prometheus.countSecurityEvent('login_failed');
    const lines = (await prometheus.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'signalbox_events_total{status="routed"} 6',
        'signalbox_events_total{status="unmatched"} 1',
        'signalbox_events_total{status="duplicate"} 3',
        'signalbox_deliveries_total{outcome="succeeded"} 4',
        'signalbox_attempts_total{outcome="5xx"} 2',
        'signalbox_open_deliveries{target_id="tgt_b",state="retrying"} 2',
        'signalbox_dead_letters 2',
        'signalbox_conservation_balanced 1',
        'signalbox_conservation_events{term="accepted"} 10',
        'signalbox_security_events_total{code="login_failed",process="box/1"} 1',
        'signalbox_security_events_total{code="invalid_token",process="box/1"} 0',
        'signalbox_rate_limits_shared{process="box/1"} 0',
        'signalbox_rate_limit_processes{process="box/1"} 3',
        'signalbox_breaker_open{target_id="tgt_b",process="box/1"} 1',
        'signalbox_oldest_open_delivery_timestamp_seconds{target_id="tgt_b"} 1767607200',
      ]),
    );
    expect(lines).toContain('signalbox_store_readable 1');
    expect(lines).toContain('signalbox_alerts_open{severity="critical"} 0');
    const histogram = 'signalbox_http_request_duration_seconds_count';
    expect(lines).toContain(
      `${histogram}{process="box/1",method="GET",route="/v1/events/{id}",status_class="4xx"} 1`,
    );
    expect(
      lines.some((line) => line.startsWith('process_resident_memory_bytes{process="box/1"} ')),
    ).toBe(true);
  });

  test('answers with what the process knows while the store is away or hangs, and shows no old figures', async () => {
    await someWork();
    const away = () => Promise.reject(new Error('away'));
    let state: 'there' | 'away' | 'hanging' = 'there';
    const hanging: (() => void)[] = [];
    const hang = () => new Promise<never>((_, fail) => hanging.push(() => fail(new Error('late'))));
    const or =
      <T>(read: () => Promise<T>) =>
      (): Promise<T> =>
        state === 'there' ? read() : state === 'away' ? away() : hang();
    const prometheus = createPrometheus({
      metrics: {
        backlog: or(() => metrics.backlog()),
        conservation: or(() => metrics.conservation()),
        deadLetterCount: or(() => metrics.deadLetterCount()),
        totals: or(() => metrics.totals()),
        openAlerts: or(() => metrics.openAlerts()),
      },
      lanes: () => lanes,
      processName: 'box/1',
      securityCodes: [],
      rateLimits: () => ({ mode: 'alone', processes: 1 }),
      clock,
    });
    expect(await prometheus.text()).toMatch(/^signalbox_dead_letters 1$/m);
    clock.advance(120_000);
    for (const next of ['away', 'hanging'] as const) {
      state = next;
      prometheus.countAlert('breaker_open', 'warning');
      const scrape = prometheus.text();
      clock.advance(6000);
      const text = await scrape;
      expect(text).toMatch(/^signalbox_store_readable 0$/m);
      expect(text).not.toMatch(/^signalbox_(dead_letters|open_deliveries|conservation_\w+)[ {]/m);
      expect(text).toMatch(/^process_resident_memory_bytes/m);
      expect(text).toMatch(/^signalbox_alerts_raised_total\{code="breaker_open"/m);
    }
    state = 'there';
    for (const give of hanging) give();
    await Promise.resolve();
    const text = await prometheus.text();
    expect(text).toMatch(/^signalbox_store_readable 1$/m);
    expect(text).toMatch(/^signalbox_dead_letters 1$/m);
  });
});
