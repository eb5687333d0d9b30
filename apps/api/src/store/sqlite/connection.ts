import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { GatewayError } from '../../domain/errors.ts';

export interface ConnectionSettings {
  file: string;
  /** How long a statement waits for another process's write to end. */
  busyTimeoutMs: number;
  /** Past this size writes fail as on a full disk; null: the disk is the limit. */
  maxSizeBytes: number | null;
}

const PAGE_BYTES = 4096;
const WRITER_CACHE_KIB = 16_384;
const READER_CACHE_KIB = 8192;
const MAPPED_BYTES = 256 * 1024 * 1024;
const WAL_PAGES_PER_CHECKPOINT = 8000;
const KEPT_WAL_BYTES = 64 * 1024 * 1024;

/** Opens the writer's connection: WAL, and every commit synced to disk before it is answered. */
export function openWriterConnection(settings: ConnectionSettings): Database.Database {
  if (!existsSync(dirname(settings.file))) {
    throw new GatewayError(
      'not_ready',
      `The folder of the database, ${dirname(settings.file)}, does not exist; create it.`,
    );
  }
  const database = new Database(settings.file, { timeout: settings.busyTimeoutMs });
  database.pragma(`page_size = ${PAGE_BYTES}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
  database.pragma(`wal_autocheckpoint = ${WAL_PAGES_PER_CHECKPOINT}`);
  database.pragma(`journal_size_limit = ${KEPT_WAL_BYTES}`);
  database.pragma('temp_store = MEMORY');
  if (settings.maxSizeBytes !== null) {
    database.pragma(
      `max_page_count = ${Math.max(1, Math.floor(settings.maxSizeBytes / PAGE_BYTES))}`,
    );
  }
  return database;
}

/** Opens a connection that can only read. */
export function openReaderConnection(settings: ConnectionSettings): Database.Database {
  const database = new Database(settings.file, { timeout: settings.busyTimeoutMs, readonly: true });
  database.pragma(`cache_size = -${READER_CACHE_KIB}`);
  database.pragma(`mmap_size = ${MAPPED_BYTES}`);
  database.pragma('temp_store = MEMORY');
  return database;
}

const FIRST_PAUSE_MS = 0.1;
const LONGEST_PAUSE_MS = 0.5;

/**
 * Begins a write, waiting for another process's to end. SQLite's own waiting sleeps up to 100 ms at a time, and a busy
 * neighbour then always comes first; short pauses meet the gap between two of its commits.
 */
export function createBegin(database: Database.Database, busyTimeoutMs: number): () => void {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  return () => {
    const deadline = performance.now() + busyTimeoutMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        begin.run();
        return;
      } catch (error) {
        const isBusy =
          error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
        if (!isBusy || performance.now() > deadline) throw error;
        Atomics.wait(pause, 0, 0, pauseMs);
      }
    }
  };
}
