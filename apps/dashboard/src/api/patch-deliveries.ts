import type { Delivery } from '@signalbox/api/contract';
import { original } from '@reduxjs/toolkit';
import { baseApi } from './base-api.ts';
import { deliveriesApi } from './deliveries.ts';
import type { DeliveryFilterArgs } from './filter-types.ts';
import { eventsApi } from './events.ts';
import { deliveryMatches } from './matches-filters.ts';
import { putRows, removeRows } from './patch-list.ts';
import type { Pages } from './pages.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

const createdAt = (row: Delivery) => row.createdAt;

/** Brings every cached list and detail up to date with deliveries as they are now. */
export function patchDeliveries(
  dispatch: ApiDispatch,
  getState: () => ApiState,
  deliveries: readonly Delivery[],
): void {
  const state = getState();
  const isHeld = state.live.heldAt !== null;
  const patch = (draft: object, filters: DeliveryFilterArgs) =>
    patchPages(original(draft) as Pages<Delivery>, deliveries, filters, isHeld);
  for (const filters of deliveriesApi.util.selectCachedArgsForQuery(state, 'listDeliveries')) {
    dispatch(
      deliveriesApi.util.updateQueryData('listDeliveries', filters, (draft) =>
        patch(draft, filters),
      ),
    );
  }
  for (const filters of deliveriesApi.util.selectCachedArgsForQuery(state, 'listDeadLetters')) {
    dispatch(
      deliveriesApi.util.updateQueryData('listDeadLetters', filters, (draft) =>
        patch(draft, { ...filters, state: ['dead'] }),
      ),
    );
  }
  const events = new Set(eventsApi.util.selectCachedArgsForQuery(state, 'listEventDeliveries'));
  for (const delivery of deliveries.filter((row) => events.has(row.eventId))) {
    dispatch(
      eventsApi.util.updateQueryData('listEventDeliveries', delivery.eventId, (draft) => {
        const index = draft.findIndex((row) => row.id === delivery.id);
        if (index < 0) draft.push(delivery);
        else draft[index] = delivery;
      }),
    );
  }
  const watched = new Set(deliveriesApi.util.selectCachedArgsForQuery(state, 'getDelivery'));
  const changed = deliveries.filter((row) => watched.has(row.id));
  if (changed.length > 0) {
    dispatch(baseApi.util.invalidateTags(changed.map(({ id }) => ({ type: 'Delivery', id }))));
  }
  const attempts = new Set(deliveriesApi.util.selectCachedArgsForQuery(state, 'listAttempts'));
  const stale = deliveries.filter((row) => attempts.has(row.id));
  if (stale.length > 0) {
    dispatch(baseApi.util.invalidateTags(stale.map(({ id }) => ({ type: 'Attempt', id }))));
  }
}

function patchPages(
  list: Pages<Delivery>,
  deliveries: readonly Delivery[],
  filters: DeliveryFilterArgs,
  isHeld: boolean,
): Pages<Delivery> {
  const wanted = deliveries.filter((delivery) => deliveryMatches(delivery, filters));
  const others = deliveries.filter((delivery) => !wanted.includes(delivery));
  const left = removeRows(list, new Set(others.map(({ id }) => id)));
  return putRows(left, wanted, createdAt, isHeld);
}
