/** Durable jobs, and the deliveries of a replay: for its list, and counted by state. Deliveries of no replay stand in neither index. */
export const jobs = `
CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  task TEXT NOT NULL,
  rate_per_second REAL,
  expected INTEGER,
  bound TEXT,
  position TEXT,
  scanned INTEGER NOT NULL DEFAULT 0,
  made INTEGER NOT NULL DEFAULT 0,
  waiting_for TEXT,
  failure TEXT,
  owner INTEGER,
  fence INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  finished_at INTEGER
);
CREATE INDEX jobs_created ON jobs (created_at);
CREATE INDEX jobs_running ON jobs (created_at) WHERE state = 'running';

CREATE INDEX deliveries_replay ON deliveries (replay_id, created_at) WHERE replay_id IS NOT NULL;
CREATE INDEX deliveries_replay_state ON deliveries (replay_id, state) WHERE replay_id IS NOT NULL;
`;
