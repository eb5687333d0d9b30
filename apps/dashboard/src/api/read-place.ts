import { deliveriesApi } from './deliveries.ts';
import { eventsApi } from './events.ts';
import type { Pages } from './pages.ts';
import { justAfter } from './patch-list.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';

/** Reads again the rows around the place that somebody has in a list. */
export function readPlace(dispatch: ApiDispatch, getState: () => ApiState): void {
  const state = getState();
  const { heldAt } = state.live;
  if (heldAt === null) return;
  const { listEvents } = eventsApi.endpoints;
  for (const args of eventsApi.util.selectCachedArgsForQuery(state, 'listEvents')) {
    const row = findRow(listEvents.select(args)(state).data, heldAt);
    if (row !== undefined) void dispatch(listEvents.initiate(args, from(row.receivedAt)));
  }
  const { listDeliveries, listDeadLetters } = deliveriesApi.endpoints;
  for (const args of deliveriesApi.util.selectCachedArgsForQuery(state, 'listDeliveries')) {
    const row = findRow(listDeliveries.select(args)(state).data, heldAt);
    if (row !== undefined) void dispatch(listDeliveries.initiate(args, from(row.createdAt)));
  }
  for (const args of deliveriesApi.util.selectCachedArgsForQuery(state, 'listDeadLetters')) {
    const row = findRow(listDeadLetters.select(args)(state).data, heldAt);
    if (row !== undefined) void dispatch(listDeadLetters.initiate(args, from(row.createdAt)));
  }
}

function findRow<T extends { id: string }>(list: Pages<T> | undefined, id: string): T | undefined {
  for (const { data } of list?.pages ?? []) {
    const row = data.find((one) => one.id === id);
    if (row !== undefined) return row;
  }
  return undefined;
}

const from = (time: string) => ({
  subscribe: false,
  forceRefetch: true,
  initialPageParam: { before: justAfter(time) },
});
