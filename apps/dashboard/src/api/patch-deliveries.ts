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
  const patch = (draft: object, filters: DeliveryFilterArgs) => {
    const list = original(draft) as Pages<Delivery>;
    return patchPages(list, withoutOlder(list, deliveries), filters, isHeld);
  };
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
        else if ((draft[index]?.attemptCount ?? 0) <= delivery.attemptCount)
          draft[index] = delivery;
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

/** Without those of which the list knows a later state: a delivery never has fewer attempts than it had. */
function withoutOlder(list: Pages<Delivery>, deliveries: readonly Delivery[]): readonly Delivery[] {
  const attempts = new Map(deliveries.map(({ id, attemptCount }) => [id, attemptCount]));
  const older = new Set<string>();
  for (const { data } of list.pages) {
    for (const { id, attemptCount } of data) {
      if ((attempts.get(id) ?? attemptCount) < attemptCount) older.add(id);
    }
  }
  return older.size === 0 ? deliveries : deliveries.filter(({ id }) => !older.has(id));
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
