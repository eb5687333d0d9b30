import { inByteOrder } from './in-byte-order.ts';

/** Alerts; of those that are open each has another key. */
export const alerts = `
CREATE TABLE alerts (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  key text NOT NULL,
  code text NOT NULL,
  rule_id text,
  measure text,
  target_id text,
  source_id text,
  severity text NOT NULL,
  title text NOT NULL,
  detail text NOT NULL,
  value double precision,
  threshold double precision,
  occurrences integer NOT NULL DEFAULT 1,
  raised_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  resolved_at bigint,
  acknowledged_at bigint,
  acknowledged_by text
);
CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE resolved_at IS NULL;
CREATE INDEX alerts_raised ON alerts (raised_at, seq);
CREATE INDEX alerts_rule ON alerts (rule_id, raised_at) WHERE rule_id IS NOT NULL;
CREATE INDEX alerts_target ON alerts (target_id, raised_at) WHERE target_id IS NOT NULL;
${inByteOrder(['alerts'])}`;
