import { GatewayError } from '../../domain/errors.ts';

// SQLSTATE classes (PostgreSQL, appendix A) that speak of the server, the connection or its resources, and not of one statement:
// 08 connection, 25P03 idle in transaction, 28 authorization, 3D no such database, 53 resources, 55P03 lock not available, 57 intervention, 58 system,
// 25006 read-only (a standby), XX internal, 42501 no privilege.
const ENVIRONMENT = /^(08|25006|25P0[34]|28|3D|42501|53|55P03|57|58|XX)/;
const LOST = /^(08|25P0[34]|57P0)/;
/** Two transactions stood in each other's way, and the server undid this one. */
const UNDONE = /^40(001|P01)$/;

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^28/, 'The database refuses the user or password of DATABASE_URL.'],
  [/^3D/, 'The database that DATABASE_URL names does not exist; create it.'],
  [/^42501/, 'The user of DATABASE_URL may not do this in the database; make it the owner.'],
  [/^53100/, 'The disk of the database is full; free some space.'],
  [
    /^53200/,
    'The database has no room left, most likely for locks; raise its max_locks_per_transaction, or lower RETENTION_DAYS.',
  ],
  [/^53300/, 'The database has no connection left; lower DATABASE_CONNECTIONS or raise its limit.'],
  [
    /^57014/,
    'The database took too long to answer; it is overloaded, or what was asked is too much.',
  ],
  [/^25006/, 'The database takes no writes; is DATABASE_URL that of a standby?'],
];

/** The SQLSTATE of an error that the server answered; null: it did not come from the server. */
export function sqlState(error: unknown): string | null {
  const source = error instanceof GatewayError ? error.cause : error;
  if (!(source instanceof Error) || !('code' in source)) return null;
  // Node's own codes (ECONNRESET) are longer words.
  return typeof source.code === 'string' && /^[0-9A-Z]{5}$/.test(source.code) ? source.code : null;
}

/** Whether the connection is of no further use. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof GatewayError) {
    return error.cause !== undefined && isConnectionLost(error.cause);
  }
  const state = sqlState(error);
  return state === null ? isFromDriver(error) : LOST.test(state);
}

/** Whether the server undid the transaction for the sake of another, so that the very same may simply be done again. */
export function isUndone(error: unknown): boolean {
  return UNDONE.test(sqlState(error) ?? '');
}

/** An error that makes `isUndone` true: what was read has changed under our hands, and all is to be done again. */
export function undone(message: string): Error {
  return Object.assign(new Error(message), { code: '40001' });
}

/** Whether an error means that the engine as a whole cannot work now, whatever was asked of it. */
export function isEnvironmentFailure(error: unknown): boolean {
  return error instanceof GatewayError && error.code === 'not_ready';
}

/** Whether the server has not answered at all for as long as it was given. */
export function isSilence(error: unknown): boolean {
  const source = error instanceof GatewayError ? error.cause : error;
  return source instanceof Error && sqlState(source) === null && /timeout/i.test(source.message);
}

/** The error that callers see; a `GatewayError` passes through. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const state = sqlState(error);
  const isEnvironment = state === null ? isFromDriver(error) : ENVIRONMENT.test(state);
  if (!isEnvironment && !UNDONE.test(state ?? '')) {
    return new GatewayError('internal', 'The store failed.', { cause: error });
  }
  const advice = ADVICE.find(([pattern]) => state !== null && pattern.test(state))?.[1];
  return new GatewayError('not_ready', advice ?? 'The database cannot be reached.', {
    cause: error,
    retryAfterSeconds: 1,
  });
}

// What the driver and the sockets below it say without a SQLSTATE: lost, refused and timed-out connections.
function isFromDriver(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError)
    return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    /^(E[A-Z]+|ERR_(TLS|SSL|SOCKET)_?.*|.*CERT.*)$/.test(code) ||
    /connect|timeout|terminated|pool|TLS|SSL|certificate/i.test(error.message)
  );
}

/** Whether a record could not be written because another has its name. */
export function isNameTaken(error: unknown): boolean {
  return (
    sqlState(error) === '23505' &&
    error instanceof Error &&
    'constraint' in error &&
    error.constraint === 'resources_name'
  );
}

/** Whether a row found no partition of its day. */
export function hasNoPartition(error: unknown): boolean {
  return sqlState(error) === '23514';
}
