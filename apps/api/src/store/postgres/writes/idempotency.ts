import type { IdempotencyStore, StoredAnswer } from '../../store.ts';
import type { Work } from '../write-session.ts';

/** After this long a reservation whose request never ended no longer holds its key. */
const RESERVATION_MS = 60_000;

// A key that is held is left as it is, and no row comes back.
const RESERVE = `
INSERT INTO idempotency_keys (scope, body_hash, started_at, expires_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (scope) DO UPDATE SET body_hash = excluded.body_hash, started_at = excluded.started_at, expires_at = excluded.expires_at, answer = NULL
WHERE CASE WHEN idempotency_keys.answer IS NULL THEN idempotency_keys.started_at + ${RESERVATION_MS} <= $3 ELSE idempotency_keys.expires_at <= $3 END
RETURNING 1 AS taken`;

/** Reserves a key; see `IdempotencyStore`. */
export async function beginIdempotent(
  { query }: Work,
  scope: string,
  bodyHash: string,
  now: number,
  keepMs: number,
): ReturnType<IdempotencyStore['beginIdempotent']> {
  const taken = await query(RESERVE, [scope, bodyHash, now, now + keepMs]);
  if (taken.length > 0) return { outcome: 'started' };
  const [row] = await query<{ body_hash: string; answer: string | null }>(
    'SELECT body_hash, answer FROM idempotency_keys WHERE scope = $1',
    [scope],
  );
  // Freed in this very moment: the request that held it has just failed, and a repeat finds it free.
  if (!row) return { outcome: 'in_progress' };
  if (row.body_hash !== bodyHash) return { outcome: 'mismatch' };
  if (row.answer === null) return { outcome: 'in_progress' };
  return { outcome: 'replay', answer: JSON.parse(row.answer) as StoredAnswer };
}

/** Keeps the answer, or frees the key. */
export async function finishIdempotent(
  { query }: Work,
  scope: string,
  answer: StoredAnswer | null,
): Promise<void> {
  if (answer === null) await query('DELETE FROM idempotency_keys WHERE scope = $1', [scope]);
  else {
    await query('UPDATE idempotency_keys SET answer = $2 WHERE scope = $1', [
      scope,
      JSON.stringify(answer),
    ]);
  }
}
