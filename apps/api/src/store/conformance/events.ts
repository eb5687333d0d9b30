import { describe, expect, test } from '@jest/globals';

import type { NewPlace } from './engine.ts';
import { first, onEmptyStore, stateOf } from './fixture.ts';

/** Events in: all or nothing, each once, byte for byte. */
export function describeEvents(newPlace: NewPlace): void {
  describe('events', () => {
    test(
      'an event comes back as it went in',
      onEmptyStore(newPlace, async (store, { event }) => {
        const record = event({
          subject: 'order/42',
          time: '2026-01-31T10:00:00.123456789+05:30',
          dataSchema: 'https://schemas.example/order',
          extensions: { tenant: 'north', priority: 3, urgent: true },
          statusDetail: 'schema: /total is missing',
          status: 'quarantined',
        });
        await store.append([{ event: record, deliveries: [] }]);
        const found = await store.getEvent(record.id);
        expect(found).toEqual({ ...record, data: found?.data });
        expect(Buffer.from(found?.data ?? [])).toEqual(record.data);
      }),
    );
    test.each([
      [
        'numbers past 2^53, key order, duplicate keys and escapes',
        Buffer.from('{"b":12345678901234567890,"a":1e400,"b":"\\u00e9\\/"}'),
      ],
      ['bytes that are no text', Buffer.from([0, 255, 254, 10, 128])],
      ['an empty payload', Buffer.alloc(0)],
      ['a view into a larger buffer', Buffer.from('xxpayloadxx').subarray(2, 9)],
    ])('keeps %s byte for byte', (_title, data) =>
      onEmptyStore(newPlace, async (store, { event }) => {
        const record = event({ data, dataKind: 'binary' });
        await store.append([{ event: record, deliveries: [] }]);
        const found = await store.getEvent(record.id);
        expect(Buffer.from(found?.data ?? []).equals(data)).toBe(true);
        expect(found?.dataKind).toBe('binary');
      })(),
    );
    test(
      'no data differs from the JSON value null',
      onEmptyStore(newPlace, async (store, { event }) => {
        const none = event({ data: null });
        const jsonNull = event({ data: Buffer.from('null') });
        await store.append([none, jsonNull].map((one) => ({ event: one, deliveries: [] })));
        expect(await store.getEvent(none.id)).toMatchObject({ dataKind: 'none', data: null });
        const found = await store.getEvent(jsonNull.id);
        expect(found?.dataKind).toBe('json');
        expect(Buffer.from(found?.data ?? []).toString()).toBe('null');
      }),
    );
    test(
      'deliveries handed off are born leased, the others pending and due at once',
      onEmptyStore(newPlace, async (store, { newEvent, clock }) => {
        const handedOff = newEvent(['tgt_a'], { handOff: true });
        const waiting = newEvent(['tgt_b']);
        const deliveries = [...handedOff.deliveries, ...waiting.deliveries];
        const [result] = await store.append([{ event: handedOff.event, deliveries }]);
        expect(result).toMatchObject({
          outcome: 'accepted',
          eventId: handedOff.event.id,
          deliveryCount: 2,
        });
        expect(result?.claims).toHaveLength(1);
        const claim = first(result?.claims ?? []);
        expect(claim.event).toEqual(handedOff.event);
        expect(await store.getDelivery(claim.delivery.id)).toEqual(claim.delivery);
        expect(claim.delivery.state).toBe('delivering');
        const other = await store.getDelivery(first(waiting.deliveries).id);
        expect(other).toMatchObject({
          state: 'pending',
          nextAttemptAt: clock.now(),
          attemptCount: 0,
        });
      }),
    );
    test(
      'a repeat of (source, eventId) is a duplicate and writes nothing, in the same batch and later',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const original = newEvent(['tgt_a', 'tgt_b'], {
          event: { eventId: 'one', status: 'routed' },
        });
        const repeat = newEvent(['tgt_a'], { event: { eventId: 'one', data: Buffer.from('{}') } });
        const results = await store.append([original, repeat]);
        const duplicate = {
          outcome: 'duplicate',
          eventId: original.event.id,
          status: 'routed',
          deliveryCount: 2,
          claims: [],
        };
        expect(results[0]).toMatchObject({ outcome: 'accepted' });
        expect(results[1]).toEqual(duplicate);
        expect(await store.append([newEvent(['tgt_a'], { event: { eventId: 'one' } })])).toEqual([
          duplicate,
        ]);
        expect(await store.getEvent(repeat.event.id)).toBeNull();
        expect(await stateOf(store, { delivery: first(repeat.deliveries) })).toBe('gone');
      }),
    );
    test(
      'the same eventId from another source is another event',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const results = await store.append([
          newEvent([], { event: { eventId: 'one', source: 'urn:a' } }),
          newEvent([], { event: { eventId: 'one', source: 'urn:b' } }),
        ]);
        expect(results.map((result) => result.outcome)).toEqual(['accepted', 'accepted']);
      }),
    );
    test(
      'two processes that append the same event at once accept it once',
      onEmptyStore(newPlace, async (store, { newEvent, open }) => {
        const other = await open();
        const rounds = Array.from({ length: 20 }, (_, index) => `event-${index}`);
        const results = await Promise.all(
          rounds.flatMap((eventId) => [
            store.append([newEvent(['tgt_a'], { event: { eventId } })]),
            other.append([newEvent(['tgt_a'], { event: { eventId } })]),
          ]),
        );
        const accepted = results.flat().filter((result) => result.outcome === 'accepted');
        expect(accepted).toHaveLength(rounds.length);
      }),
    );
    test(
      'a batch that cannot be written leaves no trace, and does not harm those beside it',
      onEmptyStore(newPlace, async (store, { newEvent }) => {
        const good = newEvent(['tgt_a']);
        const fine = newEvent(['tgt_a']);
        const clash = newEvent(['tgt_a']);
        const bad = { ...clash, deliveries: [...clash.deliveries, ...clash.deliveries] };
        const [one, failed, two] = await Promise.allSettled([
          store.append([good]),
          store.append([newEvent([], { event: { eventId: 'beside' } }), bad]),
          store.append([fine]),
        ]);
        expect([one.status, failed.status, two.status]).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        expect(await store.getEvent(bad.event.id)).toBeNull();
        const [again] = await store.append([newEvent([], { event: { eventId: 'beside' } })]);
        expect(again?.outcome).toBe('accepted');
        expect((await store.conservation()).counted).toEqual({ accepted: 3, made: 2 });
      }),
    );
    test(
      'event types are remembered with first and last sight',
      onEmptyStore(newPlace, async (store, { newEvent, clock }) => {
        const start = clock.now();
        await store.append([newEvent([]), newEvent([], { event: { type: 'order.paid' } })]);
        clock.advance(5000);
        await store.append([newEvent([])]);
        expect(await store.listSeenTypes()).toEqual([
          { type: 'order.created', firstSeenAt: start, lastSeenAt: start + 5000 },
          { type: 'order.paid', firstSeenAt: start, lastSeenAt: start },
        ]);
      }),
    );
  });
}
