import type { ErrorCode, Fault } from '../domain/errors.ts';
import type { DataKind, ExtensionValue } from '../domain/event.ts';

/** One CloudEvents 1.0 event as it was read from a request, before anything is decided about it. */
export interface IncomingEvent {
  /** The CloudEvents `id`; null where the plain form or a third party named none and we make one. */
  eventId: string | null;
  source: string;
  type: string;
  subject: string | null;
  /** RFC 3339, exactly as it came in. */
  time: string | null;
  dataContentType: string | null;
  dataSchema: string | null;
  extensions: Readonly<Record<string, ExtensionValue>>;
  dataKind: DataKind;
  /** The payload byte for byte, in memory of its own; null exactly when `dataKind` is `none`. */
  data: Uint8Array | null;
  /** The payload parsed, for routing and validation only; undefined unless `dataKind` is `json`. */
  parsedData: unknown;
}

/** Why one event of a request was not taken. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  faults: readonly Fault[];
}

/** One event of a request: readable, or refused with the reasons. */
export type ReadItem = IncomingEvent | Refusal;

export function isRefusal(item: object): item is Refusal {
  return 'faults' in item;
}

export interface IngestLimits {
  /** One event as it stands in the request; never taken below 64 KiB (CloudEvents 1.0, "Size Limits"). */
  maxEventBytes: number;
  maxBatchBytes: number;
  maxBatchEvents: number;
}

export const DEFAULT_INGEST_LIMITS: IngestLimits = {
  maxEventBytes: 256 * 1024,
  maxBatchBytes: 1024 * 1024,
  maxBatchEvents: 1000,
};

/** How deep a payload may nest, in every mode. */
export const MAX_DATA_DEPTH = 128;

/** As node:http gives them: names in lower case, values as Latin-1 text. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
