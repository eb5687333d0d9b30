/** @jest-environment node */
import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '@signalbox/api/contract';
import { deliveriesApi } from '../api/deliveries.ts';
import { eventsApi } from '../api/events.ts';
import { holdList } from '../api/hold-list.ts';
import type { StreamMessage } from '../api/stream-messages.ts';
import { at, delivery, event, idsOf, openStore, page } from './store-for-tests.ts';

const figures = (second: number, leftOut: number): StreamMessage => ({
  name: 'stats',
  data: {
    at: at(second),
    eventsPerSecond: 900,
    deliveriesPerSecond: 900,
    backlog: 0,
    deadLetters: 0,
    leftOut,
  },
});

describe('messages that the gateway left out', () => {
  test('are made up for by reading again every five seconds, and once more when all are sent again', async () => {
    const { store, receive, asked, answered } = openStore({
      '/v1/events': page([event(1)]),
      '/v1/events/evt_1': event(1),
      '/v1/deliveries': page([delivery(1, 'pending')]),
      '/v1/deliveries/dlv_1/attempts': { data: [] },
    });
    await store.dispatch(eventsApi.endpoints.listEvents.initiate({}));
    await store.dispatch(eventsApi.endpoints.getEvent.initiate('evt_1'));
    await store.dispatch(deliveriesApi.endpoints.listDeliveries.initiate({}));
    await store.dispatch(deliveriesApi.endpoints.listAttempts.initiate('dlv_1'));
    const shown = asked.splice(0).sort();
    const reads = async (second: number, leftOut: number) => {
      receive([figures(second, leftOut)]);
      await answered();
      return asked.splice(0).sort();
    };
    expect(await reads(1, 0)).toEqual([]);
    expect(await reads(2, 40)).toEqual(shown);
    for (const second of [3, 4, 5, 6]) expect(await reads(second, 40)).toEqual([]);
    expect(await reads(7, 40)).toEqual(shown);
    expect(await reads(8, 0)).toEqual(shown);
    expect(await reads(9, 0)).toEqual([]);
  });

  test('take no row from beneath a reader, whose place is read again, and the whole list when they leave it', async () => {
    const answers: Record<string, unknown> = {
      '/v1/deliveries': page([delivery(9, 'pending'), delivery(5, 'pending')], 'next'),
    };
    const { store, receive, asked, answered } = openStore(answers);
    const list = deliveriesApi.endpoints.listDeliveries;
    await store.dispatch(list.initiate({}));
    answers['/v1/deliveries'] = page([delivery(4, 'pending'), delivery(1, 'pending')]);
    await store.dispatch(list.initiate({}, { direction: 'forward' }));
    store.dispatch(holdList('dlv_4'));
    asked.length = 0;
    answers['/v1/deliveries'] = page([delivery(4, 'succeeded'), delivery(3, 'pending')], 'x');
    receive([figures(1, 40)]);
    await answered();
    const rows = () => list.select({})(store.getState()).data;
    expect(idsOf(rows())).toEqual(['dlv_9', 'dlv_5', 'dlv_4', 'dlv_3', 'dlv_1']);
    expect(asked.some((url) => url.includes('createdBefore=2025-01-01T00%3A00%3A04.001Z'))).toBe(
      true,
    );
    answers['/v1/deliveries'] = page([delivery(12, 'pending')]);
    store.dispatch(holdList(null));
    await answered();
    expect(idsOf(rows())).toEqual(['dlv_12']);
  });
});

describe('a state that the stream brought', () => {
  async function readWhile(before: Delivery | null, meanwhile: Delivery | null, read: Delivery) {
    const { store, receive } = openStore({ '/v1/deliveries': page([read]) });
    const bring = (data: Delivery | null) => {
      if (data !== null) receive([{ name: 'delivery.updated', data }]);
    };
    bring(before);
    const { listDeliveries } = deliveriesApi.endpoints;
    const reading = store.dispatch(listDeliveries.initiate({}, { forceRefetch: true }));
    bring(meanwhile);
    const { data } = await reading;
    return data?.pages[0]?.data[0]?.state;
  }
  const tried = { ...delivery(1, 'retrying'), attemptCount: 2 };

  test('while a list was read stands in it', async () => {
    expect(await readWhile(null, tried, delivery(1, 'pending'))).toBe('retrying');
  });

  test('before a list was asked for is in the answer already', async () => {
    expect(await readWhile(delivery(1, 'pending'), null, delivery(1, 'cancelled'))).toBe(
      'cancelled',
    );
  });

  test('and that has had fewer attempts than the answer knows is not put over it', async () => {
    expect(await readWhile(null, delivery(1, 'delivering'), tried)).toBe('retrying');
  });
});
