import type { Database } from 'better-sqlite3';

import type { StoredAnswer } from '../../store.ts';
import type { WriteCommands } from '../commands.ts';

/** After this long a reservation whose request never ended no longer holds its key. */
const RESERVATION_MS = 60_000;

interface KeyRow {
  body_hash: string;
  started_at: number;
  expires_at: number;
  answer: string | null;
}

/** Prepares the statements behind `Idempotency-Key`. */
export function createIdempotencyWrites(database: Database) {
  const find = database.prepare<[string], KeyRow>(
    'SELECT body_hash, started_at, expires_at, answer FROM idempotency_keys WHERE scope = ?',
  );
  const reserve = database.prepare(
    'INSERT OR REPLACE INTO idempotency_keys (scope, body_hash, started_at, expires_at, answer) VALUES (?,?,?,?,NULL)',
  );
  const keep = database.prepare('UPDATE idempotency_keys SET answer = ? WHERE scope = ?');
  const free = database.prepare('DELETE FROM idempotency_keys WHERE scope = ?');

  function isHeld(row: KeyRow, now: number): boolean {
    if (row.answer !== null) return row.expires_at > now;
    return row.started_at + RESERVATION_MS > now;
  }

  return {
    beginIdempotent({
      scope,
      bodyHash,
      now,
      keepMs,
    }: WriteCommands['beginIdempotent']['input']): WriteCommands['beginIdempotent']['output'] {
      const row = find.get(scope);
      if (!row || !isHeld(row, now)) {
        reserve.run(scope, bodyHash, now, now + keepMs);
        return { outcome: 'started' };
      }
      if (row.body_hash !== bodyHash) return { outcome: 'mismatch' };
      if (row.answer === null) return { outcome: 'in_progress' };
      return { outcome: 'replay', answer: JSON.parse(row.answer) as StoredAnswer };
    },
    finishIdempotent({ scope, answer }: WriteCommands['finishIdempotent']['input']): null {
      if (answer === null) free.run(scope);
      else keep.run(JSON.stringify(answer), scope);
      return null;
    },
  };
}
