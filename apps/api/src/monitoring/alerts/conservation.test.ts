import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../store/sqlite/open.ts';
import type { Store } from '../../store/store.ts';
import { askedClock } from '../testing/asked-clock.ts';
import { openAlertBench, type AlertBench } from '../testing/open-alert-bench.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { evaluateConservation } from './evaluate-conservation.ts';
import { ALERT_EVERY_MS, startAlertWatch } from './start-alert-watch.ts';
import { CONSERVATION_EVERY_MS, startConservationWatch } from './start-conservation-watch.ts';

let bench: AlertBench;
let { store, clock, work, told, around, depsOf, addRule, attempt } = {} as AlertBench;

beforeEach(async () => {
  bench = await openAlertBench(openSqliteStore);
  ({ store, clock, work, told, around, depsOf, addRule, attempt } = bench);
});
afterEach(() => bench.close());

/** The other alerts, by the rules as they are now. */
async function evaluate() {
  await evaluateAlerts(depsOf(), await store.loadResources('alert-rule'), await store.openAlerts());
  return store.openAlerts();
}

describe('when all rows are counted', () => {
  /** A store in whose count events are missing. `meanwhile` is done while it is made. */
  function robbed(missing: number, meanwhile = () => Promise.resolve()): Store {
    return {
      ...store,
      async conservation() {
        await meanwhile();
        const { counted, ...rows } = await store.conservation();
        return { ...rows, counted: { ...counted, accepted: counted.accepted + missing } };
      },
    };
  }

  const count = (of: Store) => evaluateConservation(depsOf(of), new AbortController().signal);

  test('a difference is an alert until the next count finds none', async () => {
    await addRule({ name: 'much', measure: 'conservationDifference', threshold: 2 });
    await work.accept({}, 'tgt_a');
    await count(robbed(1));
    expect(await store.openAlerts()).toMatchObject([{ code: 'conservation_difference', value: 1 }]);
    await count(robbed(3));
    expect(told.slice(1)).toEqual(['raised much']);
    expect(await evaluate()).toHaveLength(2);
    await count(store);
    expect(await store.openAlerts()).toEqual([]);
  });

  test('the alerts of all other rules are left alone, and of rules that were made meanwhile those are judged that it is for', async () => {
    await attempt('tgt_a', [422]);
    around.lanes = [{ targetId: 'tgt_a', breaker: 'open', inFlight: 0 }];
    const makeRules = async () => {
      await addRule({ name: 'dead' });
      await addRule({ name: 'any', measure: 'conservationDifference' });
      await evaluate();
    };
    await count(robbed(1, makeRules));
    expect(new Set(told)).toEqual(
      new Set([
        'raised dead',
        'raised Circuit breaker of target is open: billing',
        'raised What was accepted differs from what became of it',
        'raised any',
      ]),
    );
    expect(told).toHaveLength(4);
  });

  test('what a stop has overtaken is not judged', async () => {
    await evaluateConservation(depsOf(robbed(1)), AbortSignal.abort());
    expect(await store.openAlerts()).toEqual([]);
  });
});

describe('the watch over conservation', () => {
  /** A process that counts, and tells when it has ended a look. */
  function watchOf(of: Store) {
    let counts = 0;
    let done = () => {};
    const watch = startConservationWatch({
      ...depsOf(of),
      store: {
        ...of,
        conservation() {
          counts += 1;
          return of.conservation();
        },
      },
      clock: askedClock(clock, () => done()),
    });
    return {
      ...watch,
      counts: () => counts,
      looked: () => new Promise<void>((resolve) => (done = resolve)),
    };
  }

  async function look(watches: readonly { looked: () => Promise<void> }[]): Promise<void> {
    const looks = watches.map((watch) => watch.looked());
    clock.advance(CONSERVATION_EVERY_MS);
    await Promise.all(looks);
  }

  test('counts every five minutes in one of all processes, and no more once nothing happens', async () => {
    const other = await bench.open('prc_2');
    const watches = [watchOf(store), watchOf(other)];
    const counts = () => watches.reduce((sum, watch) => sum + watch.counts(), 0);
    await Promise.all(watches.map((watch) => watch.looked()));
    await look(watches);
    expect(counts()).toBe(0);
    await attempt('tgt_a', [200]);
    await look(watches);
    expect(counts()).toBe(1);
    for (let turn = 0; turn < 5; turn += 1) await look(watches);
    // Each process has counted what it saw change.
    expect(counts()).toBeLessThanOrEqual(2);
    for (const watch of watches) await watch.stop();
    await other.close();
  });

  test('a count that takes long holds up no other alert', async () => {
    const counting = Promise.withResolvers<undefined>();
    const counted = Promise.withResolvers<undefined>();
    const slow: Store = {
      ...store,
      async conservation() {
        counting.resolve(undefined);
        await counted.promise;
        return store.conservation();
      },
    };
    const conservation = watchOf(slow);
    await conservation.looked();
    await attempt('tgt_a', [422]);
    clock.advance(CONSERVATION_EVERY_MS);
    await counting.promise;
    around.lanes = [{ targetId: 'tgt_a', breaker: 'open', inFlight: 0 }];
    await addRule({ name: 'dead' });
    await evaluateNow(slow);
    expect(told).toEqual(['raised dead', 'raised Circuit breaker of target is open: billing']);
    counted.resolve(undefined);
    await conservation.stop();
  });

  /** One look of the watch over the other alerts. */
  async function evaluateNow(of: Store): Promise<void> {
    let asked = 0;
    const looked = Promise.withResolvers<undefined>();
    const deps = depsOf(of);
    const watch = startAlertWatch({
      ...deps,
      desk: bench.deskOf(of),
      clock: askedClock(clock, () => {
        asked += 1;
        if (asked === 2) looked.resolve(undefined);
      }),
    });
    clock.advance(ALERT_EVERY_MS);
    await looked.promise;
    await watch.stop();
  }
});
