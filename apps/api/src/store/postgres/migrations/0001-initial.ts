import { inByteOrder } from './in-byte-order.ts';

const TABLES_WITH_TEXT = [
  'events',
  'deliveries',
  'attempts',
  'jobs',
  'resources',
  'audit',
  'changes',
  'rollups',
  'seen_types',
  'refresh_tokens',
  'login_failures',
  'idempotency_keys',
  'processes',
  'counters',
];

/**
 * The first schema. `state` and `status` are the positions in `DELIVERY_STATES` and `EVENT_STATUSES`, times are milliseconds.
 *
 * Events, deliveries and attempts lie in one partition a day. A row number (`seq`) carries its day above a running number
 * (see `row-numbers.ts`), so it is unique over all partitions, a lookup by it opens one partition, and what belongs to a
 * delivery lies in the partition of its day. Numbers are given by the database, in the order of acceptance within a day.
 */
export const initial = `
CREATE TABLE events (
  seq bigint PRIMARY KEY,
  id text NOT NULL,
  event_id text NOT NULL,
  source text NOT NULL,
  type text NOT NULL,
  subject text,
  time text,
  data_content_type text,
  data_schema text,
  extensions text,
  data_kind smallint NOT NULL,
  source_id text NOT NULL,
  status smallint NOT NULL,
  status_detail text,
  received_at bigint NOT NULL,
  size_bytes integer NOT NULL,
  traceparent text NOT NULL,
  data bytea,
  -- What search finds the event by: its words, and the spans of time it lies in (see event-words.ts).
  words tsvector NOT NULL
) PARTITION BY RANGE (seq);
CREATE INDEX events_received ON events (received_at, seq);
CREATE INDEX events_source ON events (source, received_at, seq);
CREATE INDEX events_source_id ON events (source_id, received_at, seq);
CREATE INDEX events_type ON events (type, received_at, seq);
CREATE INDEX events_subject ON events (subject, received_at, seq) WHERE subject IS NOT NULL;
CREATE INDEX events_status ON events (status, received_at, seq) WHERE status <> 0;
CREATE SEQUENCE events_running CYCLE MAXVALUE 274877906943;

-- New entries are worked in apart from the transactions that bring them (see word-index.ts), long before their list is as long as this (KiB).
CREATE INDEX events_words ON events USING gin (words) WITH (gin_pending_list_limit = 32768);

-- (source, event_id) as 128 bits of hash: unique over all days, which no index of a partitioned table can be.
CREATE TABLE event_keys (hash bytea PRIMARY KEY, event_seq bigint NOT NULL);
CREATE INDEX event_keys_event ON event_keys (event_seq);

-- turn: null for what stands in no line, 1 for what waits for its turn, 2 for the one that has it; see DeliveryStore.
-- place: where an ordered delivery stands in its line; row numbers would mix up the lines of two days whose clocks differ.
CREATE TABLE deliveries (
  seq bigint PRIMARY KEY,
  id text NOT NULL,
  event_seq bigint NOT NULL,
  event_type text NOT NULL,
  source_id text NOT NULL,
  subscription_id text NOT NULL,
  target_id text NOT NULL,
  replay_id text,
  ordering_key text,
  turn smallint,
  place bigint,
  created_at bigint NOT NULL,
  state smallint NOT NULL,
  attempt_count integer NOT NULL DEFAULT 0,
  schedule_start integer NOT NULL DEFAULT 0,
  due_at bigint,
  owner bigint,
  fence integer NOT NULL DEFAULT 0,
  reason text,
  reason_detail text,
  last_status_code integer,
  code_class smallint,
  last_error_kind text,
  finished_at bigint
) PARTITION BY RANGE (seq);
CREATE INDEX deliveries_event ON deliveries (event_seq);
CREATE INDEX deliveries_created ON deliveries (created_at, seq);
CREATE INDEX deliveries_target ON deliveries (target_id, created_at, seq);
CREATE INDEX deliveries_subscription ON deliveries (subscription_id, created_at, seq);
CREATE INDEX deliveries_source ON deliveries (source_id, created_at, seq);
CREATE INDEX deliveries_type ON deliveries (event_type, created_at, seq);
CREATE INDEX deliveries_state ON deliveries (state, created_at, seq) WHERE state <> 3;
CREATE INDEX deliveries_reason ON deliveries (reason, created_at, seq) WHERE reason IS NOT NULL;
CREATE INDEX deliveries_code ON deliveries (code_class, created_at, seq) WHERE code_class > 2;
CREATE INDEX deliveries_error ON deliveries (last_error_kind, created_at, seq) WHERE last_error_kind IS NOT NULL;
CREATE INDEX deliveries_waiting ON deliveries (target_id, due_at, seq) INCLUDE (state, created_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX deliveries_dead ON deliveries (target_id, reason, finished_at) WHERE state = 4;
CREATE INDEX deliveries_replay ON deliveries (replay_id, created_at, seq) WHERE replay_id IS NOT NULL;
CREATE INDEX deliveries_replay_state ON deliveries (replay_id, state) WHERE replay_id IS NOT NULL;
CREATE INDEX deliveries_turn ON deliveries (subscription_id, ordering_key) WHERE turn = 2;
CREATE INDEX deliveries_line ON deliveries (subscription_id, ordering_key, place) WHERE turn = 1;
CREATE INDEX deliveries_held ON deliveries (target_id, state, created_at) WHERE turn = 1;
CREATE INDEX deliveries_key ON deliveries (ordering_key, created_at, seq) WHERE ordering_key IS NOT NULL;
-- The delivery that has the turn of a line. A function, so that reading a delivery does not plan this search anew each time.
CREATE FUNCTION turn_holder(subscription text, key text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT id FROM deliveries WHERE subscription_id = subscription AND ordering_key = key AND turn = 2 LIMIT 1);
END $$;
CREATE SEQUENCE deliveries_running CYCLE MAXVALUE 274877906943;

CREATE SEQUENCE ordering_places;

-- place: how many attempts of the delivery came before it.
CREATE TABLE attempts (
  delivery_seq bigint NOT NULL,
  place integer NOT NULL,
  id text NOT NULL,
  number integer NOT NULL,
  started_at bigint NOT NULL,
  duration_ms double precision NOT NULL,
  status_code integer,
  error_kind text,
  error text,
  request text,
  request_body bytea,
  response text,
  response_body bytea,
  PRIMARY KEY (delivery_seq, place)
) PARTITION BY RANGE (delivery_seq);

-- Makes the partitions of a day (days since 1970) where they are missing. Attaching, unlike creating in place, holds up no query.
CREATE FUNCTION make_day(day integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  child text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.signalbox.days'));
  FOREACH parent IN ARRAY ARRAY['events', 'deliveries', 'attempts'] LOOP
    child := format('%s_%s', parent, to_char(date '1970-01-01' + day, 'YYYYMMDD'));
    IF to_regclass(format('%I', child)) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS)', child, parent);
      -- Over all days an index cannot be unique without the row number; ids hold their moment, so within a day says enough.
      EXECUTE format('CREATE UNIQUE INDEX %I ON %I (id)', child || '_id', child);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
        parent, child, day * 274877906944, (day + 1) * 274877906944);
    END IF;
  END LOOP;
END $$;

CREATE TABLE jobs (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  kind text NOT NULL,
  state text NOT NULL,
  task text NOT NULL,
  rate_per_second double precision,
  expected bigint,
  bound text,
  position text,
  scanned bigint NOT NULL DEFAULT 0,
  made bigint NOT NULL DEFAULT 0,
  waiting_for text,
  failure text,
  owner bigint,
  fence integer NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  finished_at bigint
);
CREATE INDEX jobs_created ON jobs (created_at, seq);
CREATE INDEX jobs_running ON jobs (created_at) WHERE state = 'running';

CREATE TABLE resources (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  id text NOT NULL,
  parent_id text,
  name text,
  version integer NOT NULL,
  body text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);
CREATE UNIQUE INDEX resources_id ON resources (id);
CREATE UNIQUE INDEX resources_name ON resources (kind, name, coalesce(parent_id, '')) WHERE name IS NOT NULL;
CREATE INDEX resources_kind ON resources (kind, created_at, seq);
CREATE INDEX resources_parent ON resources (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE audit (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject_id text NOT NULL,
  address text,
  before text NOT NULL,
  after text NOT NULL
);
CREATE INDEX audit_actor ON audit (actor, at, seq);
CREATE INDEX audit_subject ON audit (subject_id, at, seq);
CREATE INDEX audit_action ON audit (action, at, seq);
CREATE INDEX audit_at ON audit (at, seq);
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- One row a transaction, under the transaction's own number. Transactions do not commit in the order of their numbers, but which of them still run
-- is known: a reader goes up to the oldest of these, and so never passes a row that is yet to appear.
CREATE TABLE changes (
  seq bigint PRIMARY KEY DEFAULT (pg_current_xact_id()::text::bigint),
  at bigint NOT NULL,
  item_count integer NOT NULL,
  resource_count integer NOT NULL,
  events bigint[] NOT NULL DEFAULT '{}',
  deliveries bigint[] NOT NULL DEFAULT '{}',
  -- JSON: [[kind, id], …]
  resources text NOT NULL DEFAULT '[]'
);
-- Readers go on from a row that is kept: the oldest is where the feed begins.
INSERT INTO changes (at, item_count, resource_count) VALUES (0, 0, 0);

-- The histogram, where there is one, has a count for each bucket.
CREATE TABLE rollups (
  measure text NOT NULL,
  at bigint NOT NULL,
  source_id text NOT NULL,
  type text NOT NULL,
  target_id text NOT NULL,
  writer bigint NOT NULL,
  count bigint NOT NULL,
  histogram integer[],
  PRIMARY KEY (measure, at, source_id, type, target_id, writer)
) WITH (fillfactor = 50);
CREATE FUNCTION add_histograms(a integer[], b integer[]) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a
    ELSE ARRAY(SELECT x + y FROM unnest(a, b) WITH ORDINALITY AS pair (x, y, place) ORDER BY place) END
$$;

-- Each writer has its own row, so that no two wait for each other; readers take the first and the last of all.
CREATE TABLE seen_types (
  type text NOT NULL,
  writer bigint NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  PRIMARY KEY (type, writer)
) WITH (fillfactor = 50);

CREATE TABLE refresh_tokens (
  hash text PRIMARY KEY,
  family_id text NOT NULL,
  user_id text NOT NULL,
  expires_at bigint NOT NULL,
  spent_at bigint,
  successor text
);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_user ON refresh_tokens (user_id);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);

CREATE TABLE login_failures (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX login_failures_key ON login_failures (key, at);
CREATE INDEX login_failures_at ON login_failures (at);

CREATE TABLE idempotency_keys (
  scope text PRIMARY KEY,
  body_hash text NOT NULL,
  started_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  answer text
);
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);

CREATE TABLE processes (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  pid bigint NOT NULL,
  host text NOT NULL,
  birth text NOT NULL,
  heartbeat_at bigint NOT NULL,
  report text
);

CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL);
INSERT INTO counters VALUES ('resource_revision', 0);
${inByteOrder(TABLES_WITH_TEXT)}`;
