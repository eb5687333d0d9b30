import type { Database } from 'better-sqlite3';

import type { RefreshSuccessor, RefreshToken } from '../../store.ts';
import type { WriteCommands } from '../commands.ts';

interface TokenRow {
  family_id: string;
  user_id: string;
  expires_at: number;
  spent: number;
  /** Null for tokens spent before this was kept. */
  spent_at: number | null;
  /** JSON of a `RefreshSuccessor`. */
  successor: string | null;
}

/** Prepares the statements that keep refresh tokens and failed logins. */
export function createSessionWrites(database: Database) {
  const insert = database.prepare(
    'INSERT INTO refresh_tokens (hash, family_id, user_id, expires_at) VALUES (?,?,?,?)',
  );
  const find = database.prepare<[string], TokenRow>(
    'SELECT family_id, user_id, expires_at, spent, spent_at, successor FROM refresh_tokens WHERE hash = ?',
  );
  const spend = database.prepare(
    'UPDATE refresh_tokens SET spent = 1, spent_at = ?, successor = ? WHERE hash = ?',
  );
  const removeFamily = database.prepare('DELETE FROM refresh_tokens WHERE family_id = ?');
  const removeUser = database.prepare('DELETE FROM refresh_tokens WHERE user_id = ?');
  const insertFailure = database.prepare('INSERT INTO login_failures (key, at) VALUES (?, ?)');
  const forgetOldFailures = database.prepare(
    'DELETE FROM login_failures WHERE key = ? AND at <= ?',
  );
  const countFailures = database
    .prepare<[string], number>('SELECT count(*) FROM login_failures WHERE key = ?')
    .pluck();
  const clearFailures = database.prepare('DELETE FROM login_failures WHERE key = ?');

  return {
    insertRefreshToken(token: RefreshToken): null {
      insert.run(token.hash, token.familyId, token.userId, token.expiresAt);
      return null;
    },
    rotateRefreshToken({
      hash,
      successor,
      now,
      graceMs,
    }: WriteCommands['rotateRefreshToken']['input']): WriteCommands['rotateRefreshToken']['output'] {
      const token = find.get(hash);
      if (!token || token.expires_at <= now) return { outcome: 'unknown' };
      if (token.successor !== null && now - (token.spent_at ?? 0) < graceMs) {
        const given = JSON.parse(token.successor) as RefreshSuccessor;
        return { outcome: 'repeated', userId: token.user_id, successor: given };
      }
      if (token.spent === 1) {
        removeFamily.run(token.family_id);
        return { outcome: 'reused', userId: token.user_id };
      }
      spend.run(now, JSON.stringify(successor), hash);
      insert.run(successor.hash, token.family_id, token.user_id, successor.expiresAt);
      return { outcome: 'rotated', userId: token.user_id };
    },
    revokeFamilyOf(hash: string): null {
      const token = find.get(hash);
      if (token) removeFamily.run(token.family_id);
      return null;
    },
    revokeSessionsOfUser(userId: string): null {
      removeUser.run(userId);
      return null;
    },
    countLoginFailure({ key, now, windowMs }: WriteCommands['countLoginFailure']['input']): number {
      forgetOldFailures.run(key, now - windowMs);
      insertFailure.run(key, now);
      return countFailures.get(key) ?? 0;
    },
    clearLoginFailures(key: string): null {
      clearFailures.run(key);
      return null;
    },
  };
}
