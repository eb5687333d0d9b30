import type { Delivery, Event } from '@signalbox/api/contract';
import { original } from '@reduxjs/toolkit';
import { baseApi } from './base-api.ts';
import { eventsApi } from './events.ts';
import { eventMatches } from './matches-filters.ts';
import { metricsApi } from './metrics.ts';
import { patchDeliveries } from './patch-deliveries.ts';
import { putRows } from './patch-list.ts';
import type { Pages } from './pages.ts';
import { makeUpLeftOut, readAllAgain } from './read-again.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';
import type { StreamEvent, StreamMessage, StreamStats } from './stream-messages.ts';

const KEPT_STATS = 120;
const receivedAt = (row: Event) => row.receivedAt;
const CHANGED = {
  'target.updated': 'Target',
  'source.updated': 'Source',
  'subscription.updated': 'Subscription',
} as const;

/**
 * Brings the caches up to date with what the stream brought since the last call, in order.
 * @param isRepeat the messages were applied before: what they made be asked again is not asked once more
 */
export function applyMessages(
  dispatch: ApiDispatch,
  getState: () => ApiState,
  messages: readonly StreamMessage[],
  isRepeat = false,
): void {
  const events: StreamEvent[] = [];
  const deliveries = new Map<string, Delivery>();
  for (const message of messages) {
    switch (message.name) {
      case 'event.accepted':
        events.push(message.data);
        break;
      case 'delivery.updated':
        deliveries.set(message.data.id, message.data);
        break;
      case 'stats':
        patchStats(dispatch, getState, message.data);
        break;
      case 'reset':
        readAllAgain(dispatch, getState);
        break;
      case 'closing':
        // The live stream acts on it.
        break;
      case 'alert.raised':
      case 'alert.updated':
        dispatch(baseApi.util.invalidateTags([{ type: 'Alert', id: 'LIST' }]));
        break;
      case 'target.updated':
      case 'source.updated':
      case 'subscription.updated':
        dispatch(
          baseApi.util.invalidateTags([
            { type: CHANGED[message.name], id: message.data.id },
            { type: CHANGED[message.name], id: 'LIST' },
          ]),
        );
    }
  }
  if (events.length > 0) patchEvents(dispatch, getState, events, isRepeat);
  if (deliveries.size > 0) patchDeliveries(dispatch, getState, [...deliveries.values()]);
}

function patchEvents(
  dispatch: ApiDispatch,
  getState: () => ApiState,
  events: readonly StreamEvent[],
  isRepeat: boolean,
): void {
  const state = getState();
  const isHeld = state.live.heldAt !== null;
  for (const filters of eventsApi.util.selectCachedArgsForQuery(state, 'listEvents')) {
    const verdicts = events.map((event) => eventMatches(event, filters));
    const wanted = events.filter((_event, index) => verdicts[index] === true);
    if (wanted.length > 0) {
      dispatch(
        eventsApi.util.updateQueryData('listEvents', filters, (draft) =>
          putRows(original(draft) as Pages<Event>, wanted, receivedAt, isHeld),
        ),
      );
    }
    if (!isRepeat && verdicts.includes('unknown')) {
      dispatch(baseApi.util.invalidateTags([{ type: 'Event', id: 'SEARCH' }]));
    }
  }
}

function patchStats(dispatch: ApiDispatch, getState: () => ApiState, stats: StreamStats): void {
  dispatch(
    metricsApi.util.updateQueryData('liveStats', undefined, (draft) => {
      draft.push(stats);
      if (draft.length > KEPT_STATS) draft.splice(0, draft.length - KEPT_STATS);
    }),
  );
  for (const windowSeconds of metricsApi.util.selectCachedArgsForQuery(getState(), 'getSummary')) {
    dispatch(
      metricsApi.util.updateQueryData('getSummary', windowSeconds, (draft) => {
        draft.backlog = stats.backlog;
        draft.deadLetters = stats.deadLetters;
      }),
    );
  }
  makeUpLeftOut(dispatch, getState, stats);
}
