import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../domain/clock.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import { useBench } from './testing/use-bench.ts';

const { advance, answering, audit, bench, clock, receiver, stateOf, store } =
  useBench(openSqliteStore);

/** A receiver that answers later, and counts how many requests it holds at once, in all and by event. */
async function slowReceiver() {
  const state = { held: 0, mostHeld: 0, events: [] as string[] };
  const { url } = await receiver(({ headers }, response) => {
    state.held += 1;
    state.mostHeld = Math.max(state.mostHeld, state.held);
    state.events.push(String(headers['webhook-id']));
    setImmediate(() => {
      state.held -= 1;
      response.end();
    });
  });
  return { url, state };
}

describe('deliveries of one ordering key', () => {
  test('go one at a time in order of acceptance, each right after the last, while time stands still', async () => {
    const { url, state } = await slowReceiver();
    const one = bench();
    const ids = await one.accept(await one.addTarget(url), 60, 'order-7');
    await one.dispatcher.idle();
    const events = await Promise.all(ids.map(async (id) => (await stateOf(id)).eventId));
    expect(state.events).toEqual(events);
    expect(state.mostHeld).toBe(1);
    expect(one.dispatcher.lanes()).toMatchObject([{ waiting: 0, inFlight: 0, heldBytes: 0 }]);
  });

  test('of many keys go side by side within the target’s cap', async () => {
    const { url, state } = await slowReceiver();
    const one = bench({ clock: systemClock });
    const route = await one.addTarget(url, { maxConcurrency: 4 });
    const keys = Array.from({ length: 12 }, (_, index) => `order-${index}`);
    const lines = await Promise.all(keys.map((key) => one.accept(route, 10, key)));
    await one.dispatcher.idle();
    while (state.events.length < 120) await advance(one, 0);
    expect(state.mostHeld).toBe(4);
    for (const ids of lines) {
      const events = await Promise.all(ids.map(async (id) => (await stateOf(id)).eventId));
      expect(state.events.filter((id) => events.includes(id))).toEqual(events);
    }
  });

  test('wait for the one that is tried again, while other keys and unordered ones run on', async () => {
    const { url, received } = await answering(500);
    const one = bench();
    const route = await one.addTarget(url);
    const [failing, behind] = await one.accept(route, 2, 'order-7');
    await one.dispatcher.idle();
    const others = [...(await one.accept(route, 1, 'order-8')), ...(await one.accept(route))];
    await one.dispatcher.idle();
    expect(received).toHaveLength(3);
    for (const id of others) expect(await stateOf(id)).toMatchObject({ state: 'succeeded' });
    expect(await stateOf(behind)).toMatchObject({
      state: 'pending',
      waitsFor: failing,
      nextAttemptAt: null,
    });
    await advance(one, 5000);
    expect(received).toHaveLength(5);
    expect(await stateOf(behind)).toMatchObject({ state: 'succeeded', waitsFor: null });
  });

  test('go on after a dead letter where the subscription skips', async () => {
    const { url, received } = await answering(400);
    const one = bench();
    const [dead, ...rest] = await one.accept(await one.addTarget(url), 3, 'order-7');
    await one.dispatcher.idle();
    expect(received).toHaveLength(3);
    expect(await stateOf(dead)).toMatchObject({ state: 'dead' });
    for (const id of rest) expect(await stateOf(id)).toMatchObject({ state: 'succeeded' });
  });

  test('stand still behind a dead letter where the subscription blocks, until a person acts', async () => {
    const { url, received } = await answering(400, 400);
    const one = bench();
    const route = await one.addTarget(url, {}, { onDeadLetter: 'block' });
    const [first = '', second = '', third] = await one.accept(route, 3, 'order-7');
    await one.dispatcher.idle();
    await advance(one, 60_000);
    expect(received).toHaveLength(1);
    expect(await stateOf(third)).toMatchObject({ state: 'pending', waitsFor: first });

    await store().cancelDelivery(first, clock().now(), audit());
    one.dispatcher.wake();
    await one.dispatcher.idle();
    expect(await stateOf(second)).toMatchObject({ state: 'dead' });
    expect(await stateOf(third)).toMatchObject({ state: 'pending', waitsFor: second });

    await store().retryDelivery(second, clock().now(), { ...audit(), id: 'aud_2' });
    one.dispatcher.wake();
    await one.dispatcher.idle();
    expect(await stateOf(second)).toMatchObject({ state: 'succeeded' });
    expect(await stateOf(third)).toMatchObject({ state: 'succeeded' });
    expect(received).toHaveLength(4);
  });
});
