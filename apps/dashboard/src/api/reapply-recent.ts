import type { Middleware } from '@reduxjs/toolkit';
import { applyMessages } from './apply-messages.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';
import type { StreamMessage } from './stream-messages.ts';

const KEPT_MS = 5000;
const LISTS = new Set(['listEvents', 'listDeliveries', 'listDeadLetters', 'listEventDeliveries']);

/**
 * A list that is read while the stream goes on may be older than what the stream has already brought; the answer would
 * wipe it out. So the messages of the last seconds are applied again to every list that has just been read.
 */
export function createRecentMessages(now: () => number) {
  let recent: { at: number; messages: readonly StreamMessage[] }[] = [];
  const middleware: Middleware<object, ApiState, ApiDispatch> = (api) => (next) => (action) => {
    const result = next(action);
    if (isListRead(action)) {
      const since = now() - KEPT_MS;
      const messages = recent.filter(({ at }) => at >= since).flatMap((entry) => entry.messages);
      applyMessages(api.dispatch, () => api.getState(), messages, true);
    }
    return result;
  };
  return {
    middleware,
    remember(messages: readonly StreamMessage[]) {
      const since = now() - KEPT_MS;
      const rows = messages.filter(
        ({ name }) => name === 'event.accepted' || name === 'delivery.updated',
      );
      recent = [...recent.filter(({ at }) => at >= since), { at: now(), messages: rows }];
    },
  };
}

function isListRead(action: unknown): boolean {
  const { type, meta } = action as { type?: string; meta?: { arg?: { endpointName?: string } } };
  return type === 'api/executeQuery/fulfilled' && LISTS.has(meta?.arg?.endpointName ?? '');
}
