import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { systemClock, type Clock } from '../../domain/clock.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { FakeClock } from '../../domain/fake-clock.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type { AuditEntry, Store } from '../../store/store.ts';
import { openBench, startReceiver, type Bench } from './open-bench.ts';

type OpenStore = (options: {
  file: string;
  clock: Clock;
  process: { id: string; pid: number; host: string };
}) => Promise<Store>;

/**
 * Gives each test a store of its own, a clock that stands still, and benches and receivers that are closed behind it.
 * @param openStore opens the engine under test
 */
export function useBench(openStore: OpenStore) {
  const closers: (() => Promise<void>)[] = [];
  const now = { store: null as Store | null, clock: new FakeClock() };

  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'delivery-'));
    now.clock = new FakeClock(systemClock.now());
    const id = createIdFactory(() => systemClock.now())('prc');
    const process = { id, pid: globalThis.process.pid, host: hostname() };
    const opened = await openStore({ file: join(folder, 'test.db'), clock: now.clock, process });
    now.store = opened;
    closers.push(async () => {
      await opened.close();
      await rm(folder, { recursive: true });
    });
  });

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  function store(): Store {
    if (!now.store) throw new Error('The store is open within tests only.');
    return now.store;
  }

  async function receiver(...answer: Parameters<typeof startReceiver>) {
    const one = await startReceiver(...answer);
    closers.push(() => one.close());
    return one;
  }

  return {
    store,
    clock: () => now.clock,
    receiver,
    bench: (options: Partial<Parameters<typeof openBench>[0]> = {}): Bench => {
      const one = openBench({ store: store(), clock: now.clock, ...options });
      closers.push(() => one.close());
      one.dispatcher.start();
      return one;
    },
    /** A receiver that answers with these codes in turn, then with 200. */
    answering: (...codes: number[]) =>
      receiver((_received, response) => {
        response.statusCode = codes.shift() ?? 200;
        response.end();
      }),
    stateOf: async (id: string | undefined): Promise<Partial<Delivery>> =>
      (await store().getDelivery(id ?? '')) ?? {},
    /** Moves time on, and waits until what fell due is done. */
    advance: async ({ dispatcher }: Bench, byMs: number): Promise<void> => {
      now.clock.advance(byMs);
      await dispatcher.idle();
    },
    /** The store, with some operations replaced. */
    storeWith: (changes: Partial<Store>): Store =>
      new Proxy(store(), {
        get: (target, name) => Reflect.get(name in changes ? changes : target, name) as unknown,
      }),
    audit: (): AuditEntry => ({
      id: 'aud_1',
      at: now.clock.now(),
      actor: 'system',
      action: 'deleted',
      subjectId: 'x',
      address: null,
      before: null,
      after: null,
    }),
  };
}

/** Lets the event loop turn once. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function untilInFlightIs({ dispatcher }: Bench, count: number): Promise<void> {
  while (dispatcher.lanes().some(({ inFlight }) => inFlight !== count)) await turn();
}

export async function untilNothingWaits({ dispatcher }: Bench): Promise<void> {
  while (dispatcher.lanes().some(({ waiting }) => waiting > 0)) await turn();
}
