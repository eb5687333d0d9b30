import type { Clock } from '../domain/clock.ts';
import type { ErrorKind } from '../domain/delivery.ts';
import type { EventRecord } from '../domain/event.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Resource } from '../domain/resources.ts';
import type { PrepareRequest } from './prepare-request.ts';
import type { Send } from './send-types.ts';

/** What came of one test delivery. */
export interface TestOutcome {
  delivered: boolean;
  statusCode: number | null;
  errorKind: ErrorKind | null;
  error: string | null;
  durationMs: number;
  /** The beginning of the answer, as text. */
  responseBody: string | null;
}

export type SendTest = (target: Resource<'target'>) => Promise<TestOutcome>;

/** Sends one example event to a target, signed and shaped like any other, at once and without storing anything. */
export function createSendTest(deps: {
  prepare: PrepareRequest;
  send: Send;
  clock: Clock;
  ids: IdFactory;
}): SendTest {
  return async (target) => {
    const now = deps.clock.now();
    const event = exampleEvent(deps.ids('evt'), target.id, now);
    const delivery = { eventId: event.id, attemptCount: 0, replayId: null };
    const prepared = await deps.prepare(delivery, event, target, null, now);
    if (prepared.outcome !== 'ready') {
      const isFailed = prepared.outcome === 'failed';
      return {
        ...NO_ANSWER,
        errorKind: isFailed ? prepared.errorKind : null,
        error: isFailed ? prepared.error : null,
        durationMs: 0,
      };
    }
    const outcome = await deps.send(prepared.send);
    if (outcome.outcome === 'failed') {
      const { errorKind, error, durationMs } = outcome;
      return { ...NO_ANSWER, errorKind, error, durationMs };
    }
    const { statusCode, body, durationMs } = outcome;
    return {
      delivered: statusCode >= 200 && statusCode < 300,
      statusCode,
      errorKind: null,
      error: null,
      durationMs,
      responseBody: Buffer.from(body).toString('utf8'),
    };
  };
}

const NO_ANSWER = {
  delivered: false,
  statusCode: null,
  errorKind: null,
  error: null,
  responseBody: null,
} as const;

function exampleEvent(id: string, targetId: string, now: number): EventRecord {
  const data = Buffer.from(JSON.stringify({ message: 'A test delivery from Signalbox', targetId }));
  return {
    id,
    eventId: id,
    source: '/signalbox',
    type: 'signalbox.test',
    subject: null,
    time: new Date(now).toISOString(),
    dataContentType: 'application/json',
    dataSchema: null,
    extensions: {},
    dataKind: 'json',
    data,
    sourceId: 'system',
    status: 'routed',
    statusDetail: null,
    receivedAt: now,
    sizeBytes: data.length,
    traceparent: `00-${id
      .slice(-26)
      .padStart(32, '0')
      .replace(/[^0-9a-f]/g, '0')}-0000000000000001-00`,
  };
}
