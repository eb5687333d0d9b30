/**
 * The first schema. `state` and `status` are the positions in `DELIVERY_STATES` and `EVENT_STATUSES`, times are milliseconds.
 *
 * What every event pays for is kept small: delivery indexes that would move with each state leave the common,
 * final state (`succeeded`, 3) out, and are used by queries that say `state <> 3`.
 */
export const initial = `
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT,
  time TEXT,
  data_content_type TEXT,
  data_schema TEXT,
  extensions TEXT,
  data_kind INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  status INTEGER NOT NULL,
  status_detail TEXT,
  received_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  traceparent TEXT NOT NULL,
  data BLOB
);
CREATE UNIQUE INDEX events_id ON events (id);
CREATE INDEX events_received ON events (received_at);
CREATE INDEX events_source ON events (source, received_at);
CREATE INDEX events_source_id ON events (source_id, received_at);
CREATE INDEX events_type ON events (type, received_at);
CREATE INDEX events_subject ON events (subject, received_at) WHERE subject IS NOT NULL;
CREATE INDEX events_status ON events (status, received_at) WHERE status <> 0;

CREATE TABLE event_keys (hash BLOB PRIMARY KEY, event_seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE VIRTUAL TABLE event_search USING fts5 (
  words, content = '', contentless_delete = 1, detail = none
);
-- Fewer, larger merges: searches read some more segments, each event is rewritten less often.
INSERT INTO event_search (event_search, rank) VALUES ('automerge', 16);
-- Merging a segment because many of its entries are deleted reads all of it inside one commit: with retention, that is
-- half a second at tens of thousands of events. Deleted entries leave with the ordinary merges.
INSERT INTO event_search (event_search, rank) VALUES ('deletemerge', 0);

CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event_seq INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  source_id TEXT NOT NULL,
  subscription_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  replay_id TEXT,
  created_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempt_count INTEGER NOT NULL DEFAULT 0,
  schedule_start INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  owner INTEGER,
  fence INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  reason_detail TEXT,
  last_status_code INTEGER,
  code_class INTEGER,
  last_error_kind TEXT,
  finished_at INTEGER
);
CREATE UNIQUE INDEX deliveries_id ON deliveries (id);
CREATE INDEX deliveries_event ON deliveries (event_seq);
CREATE INDEX deliveries_created ON deliveries (created_at);
CREATE INDEX deliveries_target ON deliveries (target_id, created_at);
CREATE INDEX deliveries_subscription ON deliveries (subscription_id, created_at);
CREATE INDEX deliveries_source ON deliveries (source_id, created_at);
CREATE INDEX deliveries_type ON deliveries (event_type, created_at);
CREATE INDEX deliveries_state ON deliveries (state, created_at) WHERE state <> 3;
CREATE INDEX deliveries_reason ON deliveries (reason, created_at) WHERE reason IS NOT NULL;
CREATE INDEX deliveries_code ON deliveries (code_class, created_at) WHERE code_class > 2;
CREATE INDEX deliveries_error ON deliveries (last_error_kind, created_at) WHERE last_error_kind IS NOT NULL;
CREATE INDEX deliveries_waiting ON deliveries (target_id, due_at, seq, state, created_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_dead ON deliveries (target_id, reason, finished_at) WHERE state = 4;

-- An attempt's seq is its delivery's times 2^20, plus how many attempts came before it.
CREATE TABLE attempts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  status_code INTEGER,
  error_kind TEXT,
  error TEXT,
  request TEXT,
  request_body BLOB,
  response TEXT,
  response_body BLOB
);
CREATE UNIQUE INDEX attempts_id ON attempts (id);

CREATE TABLE resources (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  parent_id TEXT,
  name TEXT,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX resources_id ON resources (id);
CREATE UNIQUE INDEX resources_name ON resources (kind, name, ifnull(parent_id, '')) WHERE name IS NOT NULL;
CREATE INDEX resources_kind ON resources (kind, created_at);
CREATE INDEX resources_parent ON resources (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  address TEXT,
  before TEXT NOT NULL,
  after TEXT NOT NULL
);
CREATE INDEX audit_actor ON audit (actor, at);
CREATE INDEX audit_subject ON audit (subject_id, at);
CREATE INDEX audit_action ON audit (action, at);
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

CREATE TABLE changes (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  item_count INTEGER NOT NULL,
  resource_count INTEGER NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE rollups (
  measure TEXT NOT NULL,
  at INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  type TEXT NOT NULL,
  target_id TEXT NOT NULL,
  writer INTEGER NOT NULL,
  count INTEGER NOT NULL,
  histogram BLOB,
  PRIMARY KEY (measure, at, source_id, type, target_id, writer)
) WITHOUT ROWID;

CREATE TABLE seen_types (type TEXT PRIMARY KEY, first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE refresh_tokens (
  hash TEXT PRIMARY KEY,
  family_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  spent INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE login_failures (seq INTEGER PRIMARY KEY, key TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX login_failures_key ON login_failures (key, at);
CREATE INDEX login_failures_at ON login_failures (at);

CREATE TABLE idempotency_keys (
  scope TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  answer TEXT
) WITHOUT ROWID;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

CREATE TABLE processes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  birth TEXT NOT NULL,
  heartbeat_at INTEGER NOT NULL
);

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('resource_revision', 0), ('last_pruned_event', 0), ('last_pruned_delivery', 0), ('last_indexed_event', 0);
`;
