import Database from 'better-sqlite3';

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
