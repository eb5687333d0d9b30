import type { Delivery, Event } from '@signalbox/api/contract';
import type { Middleware } from '@reduxjs/toolkit';
import { applyMessages } from './apply-messages.ts';
import type { Pages } from './pages.ts';
import { putBack } from './put-back.ts';
import type { ApiDispatch, ApiState } from './store-types.ts';
import type { StreamMessage } from './stream-messages.ts';

type Row = Pick<Event, 'id'> & Partial<Pick<Event, 'receivedAt'> & Pick<Delivery, 'createdAt'>>;
interface ReadAction {
  type: string;
  payload: Pages<Row>;
  meta: {
    requestId: string;
    arg: { endpointName: string; queryCacheKey: string; direction?: string };
  };
}

const READ = 'api/executeQuery/';
const PAGED = new Set(['listEvents', 'listDeliveries', 'listDeadLetters']);
const timeOf = (row: Row) => row.receivedAt ?? row.createdAt ?? '';

/**
 * A list that is read while the stream goes on may be older than what the stream has already brought; the answer would
 * wipe it out. So what came since the question was asked is applied again; what came before it is in the answer. And a list in which somebody has
 * a place keeps the rows that were not read again.
 */
export function createRecentMessages(now: () => number) {
  let recent: { at: number; messages: readonly StreamMessage[] }[] = [];
  /** When each list that is being read was asked for. */
  const asked = new Map<string, number>();

  const middleware: Middleware<object, ApiState, ApiDispatch> = (api) => (next) => (action) => {
    if (!isListRead(action)) return next(action);
    const { requestId } = action.meta;
    if (action.type === `${READ}pending`) {
      asked.set(requestId, now());
      return next(action);
    }
    const since = asked.get(requestId);
    asked.delete(requestId);
    if (action.type !== `${READ}fulfilled`) return next(action);
    const result = next(keepPlace(action, api.getState()));
    const messages = recent
      .filter(({ at }) => since !== undefined && at >= since)
      .flatMap((entry) => entry.messages);
    applyMessages(api.dispatch, () => api.getState(), messages, true);
    return result;
  };
  return {
    middleware,
    remember(messages: readonly StreamMessage[]) {
      const since = Math.min(...asked.values());
      const rows = messages.filter(
        ({ name }) => name === 'event.accepted' || name === 'delivery.updated',
      );
      recent = [...recent, { at: now(), messages: rows }].filter(({ at }) => at >= since);
    },
  };
}

function isListRead(action: unknown): action is ReadAction {
  const { type = '', meta } = action as Partial<ReadAction>;
  if (!type.startsWith(READ) || meta === undefined) return false;
  const { endpointName } = meta.arg;
  return PAGED.has(endpointName) || endpointName === 'listEventDeliveries';
}

function keepPlace(action: ReadAction, { api, live }: ApiState): ReadAction {
  const { endpointName, queryCacheKey, direction } = action.meta.arg;
  if (live.heldAt === null || direction !== undefined || !PAGED.has(endpointName)) return action;
  const list = api.queries[queryCacheKey]?.data as Pages<Row> | undefined;
  const isHeld = list?.pages.some(({ data }) => data.some(({ id }) => id === live.heldAt)) === true;
  return isHeld ? { ...action, payload: putBack(list, action.payload, timeOf) } : action;
}
