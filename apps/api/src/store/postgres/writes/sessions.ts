import type { RefreshSuccessor, RefreshToken, Rotation } from '../../store.ts';
import type { Work } from '../write-session.ts';

interface TokenRow {
  family_id: string;
  user_id: string;
  expires_at: number;
  spent_at: number | null;
  /** JSON of a `RefreshSuccessor`. */
  successor: string | null;
}

const INSERT =
  'INSERT INTO refresh_tokens (hash, family_id, user_id, expires_at) VALUES ($1,$2,$3,$4)';
const LOCK =
  'SELECT family_id, user_id, expires_at, spent_at, successor FROM refresh_tokens WHERE hash = $1 FOR UPDATE';

export async function insertRefreshToken({ query }: Work, token: RefreshToken): Promise<void> {
  await query(INSERT, [token.hash, token.familyId, token.userId, token.expiresAt]);
}

/** Spends a token and stores its successor; of two that come at once, the second finds it spent. */
export async function rotateRefreshToken(
  { query, post }: Work,
  hash: string,
  successor: RefreshSuccessor,
  now: number,
  graceMs: number,
): Promise<Rotation> {
  const [token] = await query<TokenRow>(LOCK, [hash]);
  if (!token || token.expires_at <= now) return { outcome: 'unknown' };
  const userId = token.user_id;
  if (token.successor !== null && now - (token.spent_at ?? 0) < graceMs) {
    const given = JSON.parse(token.successor) as RefreshSuccessor;
    return { outcome: 'repeated', userId, successor: given };
  }
  if (token.spent_at !== null) {
    post('DELETE FROM refresh_tokens WHERE family_id = $1', [token.family_id]);
    return { outcome: 'reused', userId };
  }
  post('UPDATE refresh_tokens SET spent_at = $2, successor = $3 WHERE hash = $1', [
    hash,
    now,
    JSON.stringify(successor),
  ]);
  await query(INSERT, [successor.hash, token.family_id, userId, successor.expiresAt]);
  return { outcome: 'rotated', userId };
}

export async function revokeFamilyOf({ query }: Work, hash: string): Promise<void> {
  await query(
    'DELETE FROM refresh_tokens WHERE family_id = (SELECT family_id FROM refresh_tokens WHERE hash = $1)',
    [hash],
  );
}

export async function revokeSessionsOfUser({ query }: Work, userId: string): Promise<void> {
  await query('DELETE FROM refresh_tokens WHERE user_id = $1', [userId]);
}

/** Counts one more failure of a key. Those of one key wait for each other, so that none is left out of the count. */
export async function countLoginFailure(
  { query, post }: Work,
  key: string,
  now: number,
  windowMs: number,
): Promise<number> {
  post("SELECT pg_advisory_xact_lock(hashtextextended('signalbox login ' || $1, 0))", [key]);
  post('DELETE FROM login_failures WHERE key = $1 AND at <= $2', [key, now - windowMs]);
  post('INSERT INTO login_failures (key, at) VALUES ($1, $2)', [key, now]);
  const [row] = await query<{ count: number }>(
    'SELECT count(*) AS count FROM login_failures WHERE key = $1',
    [key],
  );
  return row?.count ?? 0;
}

export async function clearLoginFailures({ query }: Work, key: string): Promise<void> {
  await query('DELETE FROM login_failures WHERE key = $1', [key]);
}
