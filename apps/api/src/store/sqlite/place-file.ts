import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { GatewayError } from '../../domain/errors.ts';

/** The write-ahead log and its index belong to the database: without them its last commits are lost. */
const PARTS = ['', '-wal', '-shm'];

/**
 * Puts a complete database file in the place of another, which is kept under a new name.
 * @param from in the same folder as `file`
 * @returns the new name of the old file; null when there was none
 * @throws GatewayError `conflict` when any process has the old one open
 */
export async function placeSqliteFile(
  from: string,
  file: string,
  now: number,
): Promise<string | null> {
  const aside = await setAsideSqliteFile(file, now);
  await syncPath(from);
  await rename(from, file);
  await syncPath(dirname(file));
  return aside;
}

/**
 * Gives a database another name, with all that belongs to it.
 * @returns the new name; null when there is no such file
 * @throws GatewayError `conflict` when any process has it open
 */
export async function setAsideSqliteFile(file: string, now: number): Promise<string | null> {
  const aside = `${file}.replaced-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  const hadFile = existsSync(file);
  if (hadFile) foldLog(file);
  for (const part of PARTS) {
    if (existsSync(file + part)) await rename(file + part, aside + part);
  }
  await syncPath(dirname(file));
  return hadFile ? aside : null;
}

/**
 * Brings the write-ahead log into the database, so that one rename moves all of it. SQLite allows that to the only
 * connection alone. A file that is too damaged for it is moved as it is.
 */
function foldLog(file: string): void {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { timeout: 100 });
    database.pragma('journal_mode = DELETE');
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (!/^SQLITE_(BUSY|LOCKED)/.test(code)) return;
    throw new GatewayError('conflict', `Another process has ${file} open; stop it first.`, {
      cause: error,
    });
  } finally {
    database?.close();
  }
}

/** A name is on disk only once its folder is. */
async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
