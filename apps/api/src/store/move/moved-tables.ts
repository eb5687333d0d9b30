/*
 * What moves from one engine to another, as rows that belong to neither. Each engine turns its own tables into these rows and
 * back. `day` counts from 1970, row numbers are those of the embedded engine; states, statuses and kinds are the codes of `codes.ts`.
 */

export type Cell = string | number | null | Uint8Array | readonly number[];
/** The cells of one row, in the order of the table's columns. */
export type MovedRow = readonly Cell[];

/** The tables in the order in which they are moved: what others speak of comes first. */
export const MOVED_TABLES = {
  resources: [
    ...['seq', 'kind', 'id', 'parent_id', 'name', 'version', 'body', 'created_at', 'updated_at'],
  ],
  audit: ['seq', 'id', 'at', 'actor', 'action', 'subject_id', 'address', 'before', 'after'],
  events: [
    ...['day', 'seq', 'id', 'event_id', 'source', 'type', 'subject', 'time', 'data_content_type'],
    ...['data_schema', 'extensions', 'data_kind', 'source_id', 'status', 'status_detail'],
    ...['received_at', 'size_bytes', 'traceparent', 'data'],
  ],
  deliveries: [
    ...['day', 'seq', 'event_day', 'event_seq', 'id', 'event_type', 'source_id', 'subscription_id'],
    ...['target_id', 'replay_id', 'ordering_key', 'turn', 'place', 'created_at', 'state'],
    ...['attempt_count', 'schedule_start', 'due_at', 'fence', 'reason', 'reason_detail'],
    ...['last_status_code', 'code_class', 'last_error_kind', 'finished_at'],
  ],
  /** `place`: how many attempts of the delivery came before it. */
  attempts: [
    ...['day', 'delivery_seq', 'place', 'id', 'number', 'started_at', 'duration_ms'],
    ...['status_code', 'error_kind', 'error', 'request', 'request_body', 'response'],
    ...['response_body'],
  ],
  jobs: [
    ...['seq', 'id', 'kind', 'state', 'task', 'rate_per_second', 'expected', 'bound_day'],
    ...['bound_seq', 'position_at', 'position_day', 'position_seq', 'scanned', 'made'],
    ...['waiting_for', 'failure', 'fence', 'created_by', 'created_at', 'updated_at'],
    ...['finished_at'],
  ],
  alerts: [
    ...['seq', 'id', 'key', 'code', 'rule_id', 'measure', 'target_id', 'source_id', 'severity'],
    ...['title', 'detail', 'value', 'threshold', 'occurrences', 'raised_at', 'last_seen_at'],
    ...['resolved_at', 'acknowledged_at', 'acknowledged_by'],
  ],
  /** `histogram`: a count for each bucket, or null. */
  rollups: ['measure', 'at', 'source_id', 'type', 'target_id', 'writer', 'count', 'histogram'],
  seen_types: ['type', 'first_seen_at', 'last_seen_at'],
  /** `spent_at`: null while it was not spent. */
  refresh_tokens: ['hash', 'family_id', 'user_id', 'expires_at', 'spent_at', 'successor'],
  login_failures: ['seq', 'key', 'at'],
  idempotency_keys: ['scope', 'body_hash', 'started_at', 'expires_at', 'answer'],
  counters: ['name', 'value'],
} as const satisfies Record<string, readonly string[]>;

export type MovedTable = keyof typeof MOVED_TABLES;
export const MOVED_TABLE_NAMES = Object.keys(MOVED_TABLES) as MovedTable[];
