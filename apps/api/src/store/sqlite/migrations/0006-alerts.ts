/** Alerts; of those that are open each has another key. */
export const alerts = `
CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  rule_id TEXT,
  measure TEXT,
  target_id TEXT,
  source_id TEXT,
  severity TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  value REAL,
  threshold REAL,
  occurrences INTEGER NOT NULL DEFAULT 1,
  raised_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  resolved_at INTEGER,
  acknowledged_at INTEGER,
  acknowledged_by TEXT
);
CREATE UNIQUE INDEX alerts_open ON alerts (key) WHERE resolved_at IS NULL;
CREATE INDEX alerts_raised ON alerts (raised_at);
CREATE INDEX alerts_rule ON alerts (rule_id, raised_at) WHERE rule_id IS NOT NULL;
CREATE INDEX alerts_target ON alerts (target_id, raised_at) WHERE target_id IS NOT NULL;
`;
