/** What routing decided about an event when it was accepted. */
export const EVENT_STATUSES = ['routed', 'unmatched', 'quarantined'] as const;
export type EventStatus = (typeof EVENT_STATUSES)[number];

/** CloudEvents extension values are scalars (CloudEvents 1.0, section 3.1). */
export type ExtensionValue = string | number | boolean;

/**
 * How the payload's bytes are to be read:
 * `json`: UTF-8 JSON text, exactly as it came in; `binary`: opaque bytes; `none`: the event has no data
 * (which differs from the JSON value `null`).
 */
export type DataKind = 'json' | 'binary' | 'none';

/** One accepted CloudEvents 1.0 event. Immutable. */
export interface EventRecord {
  /** Our id, `evt_…`. */
  id: string;
  /** The CloudEvents `id`, unique together with `source` for the retention period. */
  eventId: string;
  source: string;
  type: string;
  subject: string | null;
  /** RFC 3339, exactly as it came in. */
  time: string | null;
  dataContentType: string | null;
  dataSchema: string | null;
  extensions: Readonly<Record<string, ExtensionValue>>;
  dataKind: DataKind;
  /** The payload byte for byte as it came in; null exactly when `dataKind` is `none`. */
  data: Uint8Array | null;
  /** The source application (`src_…`) that sent it. */
  sourceId: string;
  status: EventStatus;
  /** Why an event was quarantined or let through with a warning; null otherwise. */
  statusDetail: string | null;
  /** Milliseconds since 1970. */
  receivedAt: number;
  /** Length of `data`. */
  sizeBytes: number;
  /** W3C Trace Context, as received or made by us. */
  traceparent: string;
}

/** An event without its payload, as lists and the live stream carry it. */
export type EventSummary = Omit<EventRecord, 'data'>;
