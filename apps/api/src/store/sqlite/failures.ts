import { GatewayError } from '../../domain/errors.ts';
import type { ErrorCode } from '../../domain/errors.ts';

/** A rejection as it crosses the thread boundary, where classes are lost. */
export interface Failure {
  code: ErrorCode;
  message: string;
  cause: string | null;
}

// SQLite's primary result codes that speak of the file, the disk or a lock, and not of one statement.
const ENVIRONMENT =
  /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED|PERM|NOMEM|PROTOCOL)/;

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_FULL/, 'The disk of the database is full; free some space.'],
  [/^SQLITE_READONLY|^SQLITE_PERM/, 'The database file cannot be written; check its permissions.'],
  [
    /^SQLITE_CANTOPEN/,
    'The database file cannot be opened; check that its folder exists and may be written.',
  ],
  [
    /^SQLITE_CORRUPT|^SQLITE_NOTADB/,
    'The database file is damaged or is no SQLite database; restore a backup.',
  ],
  [/^SQLITE_BUSY|^SQLITE_LOCKED/, 'The database is locked by another process.'],
];

function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}

/** Whether an error means that the engine as a whole cannot work now, whatever was asked of it. */
export function isEnvironmentFailure(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && ENVIRONMENT.test(code);
}

/** Puts any error into the form that crosses the thread boundary. */
export function toFailure(error: unknown): Failure {
  if (error instanceof GatewayError) {
    return { code: error.code, message: error.message, cause: null };
  }
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const code = sqliteCode(error);
  if (code === null || !ENVIRONMENT.test(code)) {
    return { code: 'internal', message: 'The store failed.', cause };
  }
  const advice = ADVICE.find(([pattern]) => pattern.test(code))?.[1];
  return { code: 'not_ready', message: advice ?? 'The database cannot be reached.', cause };
}

/** The error that callers see. */
export function toError(failure: Failure): GatewayError {
  return new GatewayError(failure.code, failure.message, {
    cause: failure.cause ?? undefined,
    ...(failure.code === 'not_ready' ? { retryAfterSeconds: 1 } : {}),
  });
}
