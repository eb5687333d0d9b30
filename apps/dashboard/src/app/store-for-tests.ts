import type { Delivery } from '@signalbox/api/contract';
import { baseApi } from '../api/base-api.ts';
import { flatten, type Pages } from '../api/pages.ts';
import type { StreamEvent } from '../api/stream-messages.ts';
import { createStore } from './create-store.ts';

export const at = (second: number) => new Date(Date.UTC(2025, 0, 1) + second * 1000).toISOString();
export const event = (number: number, type = 'order.created'): StreamEvent => ({
  id: `evt_${String(number)}`,
  eventId: String(number),
  source: '/shop',
  type,
  subject: null,
  time: null,
  dataContentType: null,
  dataSchema: null,
  extensions: {},
  sourceId: 'src_1',
  status: 'routed',
  statusDetail: null,
  receivedAt: at(number),
  sizeBytes: 2,
  traceId: '0',
});
export const delivery = (
  number: number,
  state: Delivery['state'],
  targetId = 'tgt_1',
): Delivery => ({
  id: `dlv_${String(number)}`,
  eventId: 'evt_1',
  eventType: 'order.created',
  sourceId: 'src_1',
  subscriptionId: 'sub_1',
  targetId,
  state,
  orderingKey: null,
  waitsFor: null,
  attemptCount: 1,
  nextAttemptAt: null,
  reason: null,
  reasonDetail: null,
  lastStatusCode: null,
  lastErrorKind: null,
  createdAt: at(number),
  finishedAt: null,
  replayId: null,
});

/** A store whose gateway answers by path; every request is kept. */
export function openStore(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const opened = createStore((input) => {
    const url = new URL(input as string, 'http://gateway');
    asked.push(`${url.pathname}${url.search}`);
    const answer = answers[url.pathname];
    return Promise.resolve(
      answer === undefined
        ? Response.json({ detail: 'no such path', code: 'not_found' }, { status: 404 })
        : Response.json(answer),
    );
  });
  const { dispatch } = opened.store;
  /** When nothing is being asked any more. */
  const answered = () => Promise.all(dispatch(baseApi.util.getRunningQueriesThunk()));
  return { ...opened, asked, answered };
}
export const page = <T>(data: T[], nextCursor: string | null = null) => ({ data, nextCursor });

export const idsOf = (list: Pages<{ id: string }> | undefined) =>
  [...flatten(list)].map(({ id }) => id);
