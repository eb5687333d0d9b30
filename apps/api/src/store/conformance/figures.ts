import { describe, expect, test } from '@jest/globals';

import { percentileMs } from '../../domain/histogram.ts';
import type { RollupRequest, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { claimAll, first, onEmptyStore } from './fixture.ts';

const MINUTE_MS = 60_000;
const ALL: RollupRequest = { measures: [''], groupBy: [], from: 0, to: 2 ** 50, stepMs: MINUTE_MS };

/** Sums of plain counters and histograms, by measure. */
async function sums(
  store: Store,
  request: Partial<RollupRequest> = {},
): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const row of await store.rollups({ ...ALL, ...request })) {
    result[row.measure] = (result[row.measure] ?? 0) + row.count;
  }
  return result;
}

/** Counters, the backlog and the law of conservation. */
export function describeFigures(newPlace: NewPlace): void {
  describe('figures', () => {
    test(
      'everything that happens is counted once',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, settlement, clock, audit } = fixture;
        const repeat = newEvent([]);
        await store.append([
          newEvent(['tgt_a', 'tgt_b'], { event: { type: 'a' } }),
          newEvent([], { event: { status: 'unmatched' } }),
          newEvent([], { event: { status: 'quarantined' } }),
          repeat,
          repeat,
        ]);
        const [a, b] = await claimAll(store, fixture, ['tgt_a', 'tgt_b']);
        if (!a || !b) throw new Error('Both were due.');
        clock.advance(400);
        await store.settle([
          settlement(a, 'succeeded', { attempt: { durationMs: 30 } }),
          settlement(b, 'dead', {
            attempt: { statusCode: null, errorKind: 'dns', response: null },
          }),
        ]);
        await store.retryDelivery(b.delivery.id, clock.now(), audit());
        await store.cancelDelivery(b.delivery.id, clock.now(), audit());
        await store.settle([settlement(a, 'succeeded')]);
        expect(await sums(store)).toEqual({
          'event.routed': 2,
          'event.unmatched': 1,
          'event.quarantined': 1,
          'event.duplicate': 1,
          'delivery.made': 2,
          'delivery.succeeded': 1,
          'delivery.dead': 1,
          'delivery.reopened': 1,
          'delivery.cancelled': 1,
          'attempt.2xx': 1,
          'attempt.error': 1,
          latency: 1,
        });
        const rows = await store.rollups({ ...ALL, measures: ['latency', 'attempt.2'] });
        const [attempt, latency] = rows.sort((x, y) => x.measure.localeCompare(y.measure));
        expect(percentileMs(attempt?.histogram ?? [], 0.5)).toBeCloseTo(30, -1);
        expect(percentileMs(latency?.histogram ?? [], 0.5)).toBeGreaterThan(330);
        expect(percentileMs(latency?.histogram ?? [], 0.5)).toBeLessThan(480);
      }),
    );
    test(
      'rows are grouped by the dimensions asked for, in steps, within from and to',
      onEmptyStore(newPlace, async (store, { newEvent, clock }) => {
        const start = clock.now() - (clock.now() % (5 * MINUTE_MS)) + 5 * MINUTE_MS;
        const at = (minutes: number, type: string, sourceId: string, targets: string[]) =>
          newEvent(targets, {
            event: { type, sourceId, receivedAt: start + minutes * MINUTE_MS + 1 },
          });
        await store.append([
          at(0, 'a', 'src_1', ['tgt_x']),
          at(1, 'b', 'src_1', ['tgt_x', 'tgt_y']),
          at(6, 'a', 'src_2', []),
          at(11, 'a', 'src_2', []),
        ]);
        const request = { ...ALL, measures: ['event.'], from: start, to: start + 10 * MINUTE_MS };
        const plain = { measure: 'event.routed', targetId: null, histogram: null };
        const bySource = await store.rollups({
          ...request,
          groupBy: ['sourceId'],
          stepMs: 5 * MINUTE_MS,
        });
        expect(bySource).toEqual([
          { ...plain, at: start, sourceId: 'src_1', type: null, count: 2 },
          { ...plain, at: start + 5 * MINUTE_MS, sourceId: 'src_2', type: null, count: 1 },
        ]);
        const byType = await store.rollups({ ...request, groupBy: ['type'], sourceId: 'src_1' });
        expect(byType.map((row) => [row.at - start, row.type, row.count])).toEqual([
          [0, 'a', 1],
          [MINUTE_MS, 'b', 1],
        ]);
        expect(await sums(store, { measures: ['delivery.made'], targetId: 'tgt_x' })).toEqual({
          'delivery.made': 2,
        });
      }),
    );
    test(
      'counters of several processes are summed, histograms too, also after a restart',
      onEmptyStore(newPlace, async (store, { newEvent, open, settlement }) => {
        const other = await open();
        for (const one of [store, other, store, other]) {
          const [result] = await one.append([newEvent(['tgt_a'], { handOff: true })]);
          await one.settle([settlement(first(result?.claims ?? []), 'succeeded')]);
        }
        await other.close();
        const again = await open();
        await again.append([newEvent(['tgt_a'])]);
        expect(await sums(again)).toMatchObject({
          'event.routed': 5,
          'delivery.made': 5,
          latency: 4,
        });
        const rows = await store.rollups({
          ...ALL,
          measures: ['attempt.2xx'],
          groupBy: ['targetId'],
        });
        expect(rows).toHaveLength(1);
        expect(rows[0]?.histogram?.reduce((sum, count) => sum + count, 0)).toBe(4);
      }),
    );
    test(
      'the backlog counts open deliveries by target, from the rows',
      onEmptyStore(newPlace, async (store, fixture) => {
        const { newEvent, settlement, clock } = fixture;
        const start = clock.now();
        await store.append([newEvent(['tgt_a', 'tgt_b']), newEvent(['tgt_a'])]);
        clock.advance(10);
        await store.append([newEvent(['tgt_a'], { handOff: true })]);
        const b = first(await claimAll(store, fixture, ['tgt_b']));
        await store.settle([
          settlement(b, 'retrying', { next: { nextAttemptAt: clock.now() + 1 } }),
        ]);
        const [done] = await store.append([newEvent(['tgt_c'], { handOff: true })]);
        await store.settle([settlement(first(done?.claims ?? []), 'succeeded')]);
        expect(await store.backlog()).toEqual([
          { targetId: 'tgt_a', pending: 2, delivering: 1, retrying: 0, oldestCreatedAt: start },
          { targetId: 'tgt_b', pending: 0, delivering: 0, retrying: 1, oldestCreatedAt: start },
        ]);
      }),
    );
    test(
      'conservation shows both sides, each from its own tables',
      onEmptyStore(newPlace, async (store, { newEvent, settlement }) => {
        const statuses = ['routed', 'routed', 'unmatched', 'quarantined'] as const;
        await store.append(statuses.map((status) => newEvent(['tgt_a'], { event: { status } })));
        const [result] = await store.append([newEvent(['tgt_a'], { handOff: true })]);
        await store.settle([settlement(first(result?.claims ?? []), 'dead')]);
        expect(await store.conservation()).toEqual({
          counted: { accepted: 5, made: 5 },
          events: { routed: 3, unmatched: 1, quarantined: 1 },
          deliveries: {
            pending: 4,
            delivering: 0,
            retrying: 0,
            succeeded: 0,
            dead: 1,
            cancelled: 0,
          },
        });
      }),
    );
  });
}
