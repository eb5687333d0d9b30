import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Claim, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { FIRST_PAGE, leaseOf, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';

const TARGETS = ['tgt_a', 'tgt_b', 'tgt_c'];

const step = fc.oneof(
  fc.record({
    do: fc.constant('append' as const),
    targets: fc.subarray(TARGETS),
    handOff: fc.boolean(),
    copies: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    do: fc.constant('claim' as const),
    by: fc.nat(1),
    limit: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    do: fc.constant('settle' as const),
    which: fc.nat(9),
    state: fc.constantFrom('succeeded', 'retrying', 'dead', 'cancelled'),
    hasAttempt: fc.boolean(),
  }),
  fc.record({ do: fc.constant('release' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('retry' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('takeOver' as const), afterMs: fc.constantFrom(0, 20_000) }),
  fc.record({ do: fc.constant('prune' as const), limit: fc.integer({ min: 1, max: 3 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Two processes, and the leases that each of them believes to hold. */
class Work {
  readonly stores: readonly Store[];
  readonly fixture: Fixture;
  /** Every lease ever given, by delivery and fence. */
  readonly given = new Set<string>();
  held: { by: number; claim: Claim }[] = [];

  constructor(stores: readonly Store[], fixture: Fixture) {
    this.stores = stores;
    this.fixture = fixture;
  }

  store(index: number): Store {
    const store = this.stores[index % this.stores.length];
    if (!store) throw new Error('There is no such process.');
    return store;
  }

  take(by: number, claims: readonly Claim[]): void {
    for (const claim of claims) {
      const lease = `${claim.delivery.id}/${claim.fence}`;
      expect(this.given.has(lease)).toBe(false);
      this.given.add(lease);
      this.held.push({ by, claim });
    }
  }

  async delivery(which: number) {
    const { items } = await this.store(0).listDeliveries({}, FIRST_PAGE);
    return items[which % Math.max(1, items.length)];
  }

  async run(one: Step): Promise<void> {
    const { fixture, held } = this;
    const now = fixture.clock.now();
    switch (one.do) {
      case 'append': {
        const item = fixture.newEvent(one.targets, { handOff: one.handOff });
        const results = await this.store(1).append(Array.from({ length: one.copies }, () => item));
        this.take(
          1,
          results.flatMap((result) => [...result.claims]),
        );
        break;
      }
      case 'claim': {
        const rooms = TARGETS.map((targetId) => ({ targetId, room: 3 }));
        const claims = await this.store(one.by).claim({ rooms, now, limit: one.limit });
        expect(claims.length).toBeLessThanOrEqual(one.limit);
        this.take(one.by, claims);
        break;
      }
      case 'settle': {
        const lease = held[one.which % Math.max(1, held.length)];
        if (!lease) break;
        const nextAttemptAt = one.state === 'retrying' ? now + 1000 : null;
        const attempt = one.hasAttempt ? {} : null;
        const before = await this.store(0).getDelivery(lease.claim.delivery.id);
        const made = fixture.settlement(lease.claim, one.state, {
          attempt,
          next: { nextAttemptAt },
        });
        const [outcome] = await this.store(lease.by).settle([made]);
        const after = await this.store(0).getDelivery(lease.claim.delivery.id);
        if (outcome === 'stale') expect(after).toEqual(before);
        else expect([before?.state, after?.state]).toEqual(['delivering', one.state]);
        break;
      }
      case 'release': {
        const lease = held[one.which % Math.max(1, held.length)];
        if (lease) {
          await this.store(lease.by).release([leaseOf(lease.claim)]);
        }
        break;
      }
      case 'retry':
      case 'cancel': {
        const delivery = await this.delivery(one.which);
        if (!delivery) break;
        const store = this.store(0);
        const audit = fixture.audit();
        const acting =
          one.do === 'retry'
            ? store.retryDelivery(delivery.id, now, audit)
            : store.cancelDelivery(delivery.id, now, audit);
        await acting.catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'conflict' });
        });
        break;
      }
      case 'takeOver': {
        fixture.clock.advance(one.afterMs);
        await this.store(0).heartbeat(fixture.clock.now());
        await this.store(0).takeOver(fixture.clock.now(), 10_000);
        break;
      }
      case 'prune': {
        await this.store(1).prune(now - 15_000, now, one.limit);
        break;
      }
    }
  }

  async check(): Promise<void> {
    const { counted, events, deliveries } = await this.store(1).conservation();
    const sum = (counts: Record<string, number>) =>
      Object.values(counts).reduce((a, b) => a + b, 0);
    expect({ accepted: sum(events), made: sum(deliveries) }).toEqual(counted);
    const { items } = await this.store(0).listDeliveries(
      { state: ['delivering'] },
      { limit: 200, cursor: null },
    );
    expect(items).toHaveLength(deliveries.delivering);
  }
}

/** Any order of work keeps the law of conservation and never leases one delivery twice. */
export function describeRandomWork(newPlace: NewPlace): void {
  describe('any sequence of work', () => {
    test('keeps the law of conservation and gives no lease twice', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
          await onEmptyStore(newPlace, async (store, fixture) => {
            const work = new Work([store, await fixture.open()], fixture);
            for (const one of steps) {
              await work.run(one);
              await work.check();
            }
          })();
        }),
        { numRuns: 15 },
      );
    }, 120_000);
  });
}
