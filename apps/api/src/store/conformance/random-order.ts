import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { isActionAllowed } from '../../domain/delivery-states.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { SubscriptionBody } from '../../domain/resources.ts';
import type { Claim, Store } from '../store.ts';
import type { NewPlace } from './engine.ts';
import { claimAll, first, leaseOf, onEmptyStore } from './fixture.ts';
import type { Fixture } from './fixture.ts';
import { subscribe } from './ordering-fixture.ts';

const KEYS = ['k1', 'k2', null];
const OPEN: readonly string[] = ['pending', 'delivering', 'retrying'];

const by = fc.nat(1);
const which = fc.nat(30);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), by, which }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), by, which }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('succeeded', 'retrying', 'dead', 'cancelled', 'release' as const),
      by,
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('retry', 'cancel', 'block', 'skip', 'takeOver', 'later' as const),
      by,
      which,
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Two processes on one store, and what must hold whatever they do. */
class OrderedWork {
  readonly stores: readonly Store[];
  readonly fixture: Fixture;
  readonly subscription: SubscriptionBody;
  /** All deliveries, in order of acceptance. */
  readonly accepted: string[] = [];
  /** Dead letters that block. */
  readonly blocking = new Set<string>();
  mode: 'block' | 'skip' = 'skip';
  held: { by: number; claim: Claim }[] = [];

  constructor(stores: readonly Store[], fixture: Fixture, subscription: SubscriptionBody) {
    this.stores = stores;
    this.fixture = fixture;
    this.subscription = subscription;
  }

  store(index: number): Store {
    const store = this.stores[index];
    if (!store) throw new Error('There is no such process.');
    return store;
  }

  /** Everything there is, in order of acceptance. */
  async all(): Promise<Delivery[]> {
    const { items } = await this.store(0).listDeliveries({}, { limit: 200, cursor: null });
    const byId = new Map(items.map((one) => [one.id, one]));
    return this.accepted.map((id) => byId.get(id)).filter((one) => one !== undefined);
  }

  async take(process: number, claims: readonly Claim[]): Promise<void> {
    const all = await this.all();
    for (const claim of claims) {
      this.held.push({ by: process, claim });
      const { id, orderingKey } = claim.delivery;
      if (orderingKey === null) continue;
      const line = all.filter((one) => one.orderingKey === orderingKey);
      const others = line.filter((one) => one.id !== id);
      expect(others.filter(({ state }) => state === 'delivering')).toEqual([]);
      const before = line.slice(
        0,
        line.findIndex((one) => one.id === id),
      );
      expect(before.filter((one) => this.isInLine(one))).toEqual([]);
    }
  }

  isInLine({ id, state }: Delivery): boolean {
    return OPEN.includes(state) || this.blocking.has(id);
  }

  async setMode(mode: 'block' | 'skip'): Promise<void> {
    this.mode = mode;
    const body = { ...this.subscription, onDeadLetter: mode };
    const { clock } = this.fixture;
    const id = { kind: 'subscription', id: 'sub_tgt_a', expectedVersion: null } as const;
    const change = { ...id, name: body.name, body, at: clock.now() };
    await this.store(1).updateResource(change, this.fixture.audit());
    if (mode === 'skip') this.blocking.clear();
  }

  async settle(lease: OrderedWork['held'][number], state: Delivery['state']): Promise<void> {
    if (state === 'pending' || state === 'delivering') return;
    const { fixture } = this;
    const nextAttemptAt = state === 'retrying' ? fixture.clock.now() + 1000 : null;
    const next = { nextAttemptAt };
    const settlement = fixture.settlement(lease.claim, state, { attempt: null, next });
    const [result] = await this.store(lease.by).settle([settlement]);
    const { id, orderingKey } = lease.claim.delivery;
    const blocks = state === 'dead' && this.mode === 'block' && orderingKey !== null;
    if (result !== 'stale' && blocks) this.blocking.add(id);
  }

  async act(action: 'retry' | 'cancel', index: number): Promise<void> {
    const all = await this.all();
    const allowed = all.filter(({ state }) => isActionAllowed(action, state));
    const id = allowed[index % Math.max(1, allowed.length)]?.id;
    if (id === undefined) return;
    const { fixture } = this;
    const acting =
      action === 'retry'
        ? this.store(0).retryDelivery(id, fixture.clock.now(), fixture.audit())
        : this.store(0).cancelDelivery(id, fixture.clock.now(), fixture.audit());
    await acting;
    this.blocking.delete(id);
  }

  async run(one: Step): Promise<void> {
    const { fixture } = this;
    const store = this.store(one.by);
    switch (one.do) {
      case 'append': {
        const orderingKey = KEYS[one.which % KEYS.length] ?? null;
        const items = Array.from({ length: 1 + (one.which % 2) }, () =>
          fixture.newEvent(['tgt_a'], { orderingKey, handOff: one.which > 15 }),
        );
        const results = await store.append(items);
        for (const { deliveries } of items) this.accepted.push(first(deliveries).id);
        const claims = results.flatMap((result) => [...result.claims]);
        await this.take(one.by, claims);
        break;
      }
      case 'claim':
        await this.take(one.by, await claimAll(store, fixture, ['tgt_a'], 1 + (one.which % 4)));
        break;
      case 'retry':
      case 'cancel':
        await this.act(one.do, one.which);
        break;
      case 'block':
      case 'skip':
        await this.setMode(one.do);
        break;
      case 'takeOver':
        fixture.clock.advance(20_000);
        await store.heartbeat(fixture.clock.now());
        await store.takeOver(fixture.clock.now(), 10_000);
        break;
      case 'later':
        fixture.clock.advance(1000);
        break;
      case 'succeeded':
      case 'retrying':
      case 'dead':
      case 'cancelled':
      case 'release': {
        const [lease] = this.held.splice(one.which % Math.max(1, this.held.length), 1);
        if (!lease) break;
        if (one.do === 'release') await this.store(lease.by).release([leaseOf(lease.claim)]);
        else await this.settle(lease, one.do);
      }
    }
  }

  /** In each line one has the turn and can go on, unless it blocks; all others wait for it. */
  async check(): Promise<void> {
    const all = await this.all();
    for (const key of KEYS) {
      if (key === null) continue;
      const line = all.filter((one) => one.orderingKey === key && this.isInLine(one));
      const [turn, ...more] = line.filter(({ waitsFor }) => waitsFor === null);
      expect(more).toEqual([]);
      if (line.length > 0) expect(turn).toBeDefined();
      // Only who was retried while another was being delivered may wait for one behind it.
      if (turn && turn.state !== 'delivering') expect(turn.id).toBe(line[0]?.id);
      for (const one of line) {
        if (one === turn) continue;
        expect(one).toMatchObject({ waitsFor: turn?.id, nextAttemptAt: null });
      }
      const canGoOn =
        !turn || turn.state === 'delivering' || this.blocking.has(turn.id) || turn.nextAttemptAt;
      expect(canGoOn).toBeTruthy();
    }
    for (const one of all) if (!this.isInLine(one)) expect(one.waitsFor).toBeNull();
  }

  /** Lets everything come to its end. */
  async drain(): Promise<void> {
    await this.setMode('skip');
    for (let turn = 0; turn <= this.accepted.length; turn += 1) {
      for (const lease of this.held.splice(0)) await this.settle(lease, 'succeeded');
      this.fixture.clock.advance(20_000);
      await this.store(0).heartbeat(this.fixture.clock.now());
      await this.store(0).takeOver(this.fixture.clock.now(), 10_000);
      await this.take(0, await claimAll(this.store(0), this.fixture, ['tgt_a']));
    }
    expect((await this.all()).filter(({ state }) => OPEN.includes(state))).toEqual([]);
  }
}

/** Whatever two processes, receivers and people do: no inversion, no gap, nothing stuck. */
export function describeRandomOrder(newPlace: NewPlace): void {
  describe('any sequence of ordered work', () => {
    test('keeps every line in order, lets it go on, and ends everything', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 150, maxLength: 200 }), async (steps) => {
          await onEmptyStore(newPlace, async (store, fixture) => {
            const subscription = await subscribe(store, fixture, 'skip');
            const stores = [store, await fixture.open()];
            const work = new OrderedWork(stores, fixture, subscription);
            for (const one of steps) {
              await work.run(one);
              await work.check();
            }
            await work.drain();
          })();
        }),
        // Long runs on few databases; the seed and path of a failure are told, a shorter case would take minutes to find.
        { numRuns: 6, endOnFailure: true },
      );
    }, 120_000);
  });
}
