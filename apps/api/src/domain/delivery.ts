import type { DeliveryState } from './delivery-states.ts';

/** Why a request got no usable answer. Closed: the API, the screens and the metrics know these words. */
export const ERROR_KINDS = [
  'timeout',
  'connect_timeout',
  'connection_refused',
  'connection_reset',
  'dns',
  'tls',
  'target_auth',
  'forbidden_address',
  'invalid_response',
  'transform_failed',
  'internal',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** One event on its way to one target through one subscription. */
export interface Delivery {
  /** `dlv_…` */
  id: string;
  /** `evt_…` */
  eventId: string;
  eventType: string;
  sourceId: string;
  /** Null: of a replay straight to the target. */
  subscriptionId: string | null;
  targetId: string;
  state: DeliveryState;
  /** HTTP requests made so far. */
  attemptCount: number;
  /** `attemptCount` when the current retry schedule began: 0, or what it was at a person's retry. */
  scheduleStart: number;
  /** Deliveries of one subscription with the same key go one at a time, in order of acceptance; null: unordered. */
  orderingKey: string | null;
  /** While it waits for its turn: the delivery of its key that has the turn (`dlv_…`), and which may be a dead letter that blocks. Null otherwise. */
  waitsFor: string | null;
  /** When the next attempt is due, ms since 1970; null in final states and while it waits for its turn. */
  nextAttemptAt: number | null;
  /** A stable code (`http_422`, `timeout`, `transform_failed`, `no_result`, `cancelled_by_user` …); null while all is well. */
  reason: string | null;
  /** The same for a person to read. */
  reasonDetail: string | null;
  lastStatusCode: number | null;
  lastErrorKind: ErrorKind | null;
  createdAt: number;
  finishedAt: number | null;
  /** The replay that made it; null: made when the event came. */
  replayId: string | null;
}

/** One HTTP request of a delivery, or the failure to make one. */
export interface Attempt {
  /** `att_…` */
  id: string;
  deliveryId: string;
  /** 1-based. */
  number: number;
  startedAt: number;
  durationMs: number;
  /** Null when no answer came. */
  statusCode: number | null;
  errorKind: ErrorKind | null;
  error: string | null;
  request: AttemptRequest | null;
  response: AttemptResponse | null;
}

export interface AttemptRequest {
  method: string;
  url: string;
  /** Secrets masked. */
  headers: Readonly<Record<string, string>>;
  /**
   * What was sent. Null when it was the event's payload in one of the fixed formats: `format` then says which,
   * and the reader renders it again from the event, byte for byte.
   */
  body: Uint8Array | null;
  format: TargetFormat | null;
}

export interface AttemptResponse {
  headers: Readonly<Record<string, string>>;
  /** At most the first 16 KiB. */
  body: Uint8Array;
  truncated: boolean;
}

/** The shapes in which a target may ask for untransformed events. */
export const TARGET_FORMATS = [
  'standard',
  'cloudevents-structured',
  'cloudevents-binary',
  'data',
] as const;
export type TargetFormat = (typeof TARGET_FORMATS)[number];

/** Why what waits for a target that is gone is cancelled. */
export const TARGET_DELETED = {
  code: 'target_deleted',
  detail: 'The target was deleted.',
} as const;

/** The same of a subscription. */
export const SUBSCRIPTION_DELETED = {
  code: 'subscription_deleted',
  detail: 'The subscription was deleted.',
} as const;
