/** @jest-environment node */
import { describe, expect, test } from '@jest/globals';
import type { Event } from '@signalbox/api/contract';
import { alertsApi } from '../api/alerts.ts';
import { deliveriesApi } from '../api/deliveries.ts';
import { eventsApi } from '../api/events.ts';
import { listHeld } from '../api/live-slice.ts';
import { metricsApi } from '../api/metrics.ts';
import { flatten } from '../api/pages.ts';
import { MOST_LIVE_ROWS } from '../api/patch-list.ts';
import { sourcesApi } from '../api/sources.ts';
import { subscriptionsApi } from '../api/subscriptions.ts';
import { targetsApi } from '../api/targets.ts';
import { at, delivery, event, idsOf, openStore, page } from './store-for-tests.ts';

describe('an accepted event', () => {
  async function openLists() {
    const opened = openStore({ '/v1/events': page([event(1)], 'next') });
    const { dispatch } = opened.store;
    await dispatch(eventsApi.endpoints.listEvents.initiate({}));
    await dispatch(eventsApi.endpoints.listEvents.initiate({ type: ['other'] }));
    await dispatch(eventsApi.endpoints.listEvents.initiate({ q: 'words' }));
    const ids = (filters: object) =>
      idsOf(eventsApi.endpoints.listEvents.select(filters)(opened.store.getState()).data);
    return { ...opened, ids };
  }

  test('stands first in the lists that it fits, and in no other', async () => {
    const { receive, ids } = await openLists();
    receive([{ name: 'event.accepted', data: event(2) }]);
    expect(ids({})).toEqual(['evt_2', 'evt_1']);
    expect(ids({ type: ['other'] })).toEqual(['evt_1']);
  });

  test('that comes twice stands there once', async () => {
    const { receive, ids } = await openLists();
    receive([{ name: 'event.accepted', data: event(2) }]);
    receive([{ name: 'event.accepted', data: event(2) }]);
    expect(ids({})).toEqual(['evt_2', 'evt_1']);
  });

  test('makes a list with free text ask the gateway again, once', async () => {
    const { receive, asked, answered } = await openLists();
    const before = asked.filter((url) => url.includes('q=words')).length;
    receive([{ name: 'event.accepted', data: event(2) }]);
    await answered();
    expect(asked.filter((url) => url.includes('q=words')).length).toBe(before + 1);
    // What the answer itself started would be running now.
    await answered();
    expect(asked.filter((url) => url.includes('q=words')).length).toBe(before + 1);
  });

  test('is not wiped out by an answer that was already on its way', async () => {
    const { store, receive, ids } = await openLists();
    const reading = store.dispatch(
      eventsApi.endpoints.listEvents.initiate({}, { forceRefetch: true }),
    );
    receive([{ name: 'event.accepted', data: event(2) }]);
    await reading;
    expect(ids({})).toEqual(['evt_2', 'evt_1']);
  });

  test('takes nothing from a list in which somebody has a place', async () => {
    const { store, receive, ids } = await openLists();
    store.dispatch(listHeld('evt_1'));
    const many = Array.from({ length: MOST_LIVE_ROWS + 1 }, (_unused, index) => event(index + 2));
    receive(many.map((data) => ({ name: 'event.accepted', data })));
    expect(ids({})).toHaveLength(MOST_LIVE_ROWS + 2);
  });

  test('lets the oldest rows go when there are too many, and the next page begins there', async () => {
    const { store, receive, asked, ids } = await openLists();
    const many = Array.from({ length: MOST_LIVE_ROWS + 1 }, (_unused, index) => event(index + 2));
    receive(many.map((data) => ({ name: 'event.accepted', data })));
    expect(ids({}).length).toBe(500);
    const last = flatten(eventsApi.endpoints.listEvents.select({})(store.getState()).data).at(
      -1,
    ) as Event;
    await store.dispatch(eventsApi.endpoints.listEvents.initiate({}, { direction: 'forward' }));
    const before = new Date(Date.parse(last.receivedAt) + 1).toISOString();
    const fromThere = `/v1/events?limit=100&receivedBefore=${encodeURIComponent(before)}`;
    expect(asked).toContain(fromThere);
    await store.dispatch(eventsApi.endpoints.listEvents.initiate({}, { direction: 'forward' }));
    expect(asked).toContain(`${fromThere}&cursor=next`);
  });
});

describe('an updated delivery', () => {
  test('changes its row, leaves lists that it no longer fits and enters those that it does', async () => {
    const { store, receive } = openStore({
      '/v1/deliveries': page([delivery(3, 'retrying'), delivery(1, 'retrying')]),
      '/v1/dead-letters': page([delivery(9, 'dead')]),
      '/v1/events/evt_1/deliveries': page([delivery(1, 'retrying')]),
    });
    const { dispatch } = store;
    const getState = () => store.getState();
    const retrying = { state: ['retrying'] };
    await dispatch(deliveriesApi.endpoints.listDeliveries.initiate(retrying));
    await dispatch(deliveriesApi.endpoints.listDeadLetters.initiate({}));
    await dispatch(eventsApi.endpoints.listEventDeliveries.initiate('evt_1'));
    receive([{ name: 'delivery.updated', data: delivery(1, 'dead') }]);
    const list = deliveriesApi.endpoints.listDeliveries.select(retrying)(getState()).data;
    const dead = deliveriesApi.endpoints.listDeadLetters.select({})(getState()).data;
    const ofEvent = eventsApi.endpoints.listEventDeliveries.select('evt_1')(getState()).data;
    expect(idsOf(list)).toEqual(['dlv_3']);
    expect(idsOf(dead)).toEqual(['dlv_9', 'dlv_1']);
    expect(ofEvent?.map(({ state }) => state)).toEqual(['dead']);
  });

  test('makes its attempts be read again, and nobody else reads', async () => {
    const { store, receive, asked, answered } = openStore({
      '/v1/deliveries/dlv_1/attempts': { data: [] },
      '/v1/deliveries/dlv_2/attempts': { data: [] },
    });
    await store.dispatch(deliveriesApi.endpoints.listAttempts.initiate('dlv_1'));
    await store.dispatch(deliveriesApi.endpoints.listAttempts.initiate('dlv_2'));
    receive([{ name: 'delivery.updated', data: delivery(1, 'succeeded') }]);
    await answered();
    expect(asked.filter((url) => url.includes('dlv_1')).length).toBe(2);
    expect(asked.filter((url) => url.includes('dlv_2')).length).toBe(1);
  });
});

describe('a delivery that waits for its turn', () => {
  test('is read again when the one that has the turn changes', async () => {
    const { store, receive, asked, answered } = openStore({
      '/v1/deliveries/dlv_2': { ...delivery(2, 'pending'), waitsFor: 'dlv_1' },
      '/v1/deliveries/dlv_3': delivery(3, 'pending'),
    });
    await store.dispatch(deliveriesApi.endpoints.getDelivery.initiate('dlv_2'));
    await store.dispatch(deliveriesApi.endpoints.getDelivery.initiate('dlv_3'));
    await store.dispatch(deliveriesApi.endpoints.getDelivery.initiate('dlv_1'));
    receive([{ name: 'delivery.updated', data: delivery(1, 'succeeded') }]);
    await answered();
    expect(asked.filter((url) => url.endsWith('dlv_2')).length).toBe(2);
    expect(asked.filter((url) => url.endsWith('dlv_3')).length).toBe(1);
  });
});

test('a stream that begins anew has everything read again that only it keeps fresh', async () => {
  const paths = ['/v1/targets', '/v1/sources', '/v1/subscriptions', '/v1/alerts'];
  const { store, receive, asked, answered } = openStore(
    Object.fromEntries(paths.map((path) => [path, page([])])),
  );
  await store.dispatch(targetsApi.endpoints.listTargets.initiate(undefined));
  await store.dispatch(sourcesApi.endpoints.listSources.initiate(undefined));
  await store.dispatch(subscriptionsApi.endpoints.listSubscriptions.initiate(undefined));
  await store.dispatch(alertsApi.endpoints.openAlerts.initiate(undefined));
  asked.length = 0;
  receive([{ name: 'reset', data: { reason: 'opened' } }]);
  await answered();
  expect(asked.map((url) => url.split('?')[0]).sort()).toEqual([...paths].sort());
});

test('figures of each second renew the summary, and what was left out is counted', async () => {
  const { store, receive } = openStore({ '/v1/metrics/summary': { backlog: 1, deadLetters: 0 } });
  await store.dispatch(metricsApi.endpoints.getSummary.initiate(900));
  await store.dispatch(metricsApi.endpoints.liveStats.initiate(undefined));
  const stats = {
    at: at(1),
    eventsPerSecond: 5,
    deliveriesPerSecond: 4,
    backlog: 7,
    deadLetters: 2,
  };
  receive([{ name: 'stats', data: { ...stats, leftOut: 30 } }]);
  receive([{ name: 'stats', data: { ...stats, leftOut: 0 } }]);
  const state = store.getState();
  expect(metricsApi.endpoints.getSummary.select(900)(state).data).toEqual({
    backlog: 7,
    deadLetters: 2,
  });
  expect(metricsApi.endpoints.liveStats.select(undefined)(state).data?.length).toBe(2);
  expect(state.live).toMatchObject({ leftOutNow: 0, leftOutTotal: 30 });
});
