import { inspectPostgres, type PostgresInspection } from '../../store/postgres/inspect.ts';
import { checkLocks } from './check-locks.ts';
import { checkSchema, describeProcesses } from './check-schema.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const FAR_MS = 2000;

/**
 * Looks at the PostgreSQL database without changing anything: reachable, schema, who uses it, room for the locks of all days, and whether
 * the clocks agree.
 */
export async function checkPostgres(
  url: string,
  retentionDays: number,
  now: () => number,
): Promise<Finding[]> {
  let found: PostgresInspection;
  try {
    found = await inspectPostgres(url, now());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const action =
      'Check DATABASE_URL, that the server runs, and that it lets this machine and this user in.';
    return [failed('store', reason, action)];
  }
  const { serverVersion, schemaVersion, isMoveUnfinished, living, lockRoom, serverTime } = found;
  const name = `PostgreSQL ${serverVersion}`;
  if (isMoveUnfinished) {
    const detail = `${name}: a move from SQLite into it was begun and is not finished`;
    return [
      failed('store', detail, 'Run the same "signalbox migrate" again; it goes on where it ended.'),
    ];
  }
  if (schemaVersion === 0) {
    const action = 'The first start makes it; to bring an existing store along: signalbox migrate.';
    return [warning('store', `${name} answers, and holds no store yet`, action)];
  }
  return [
    checkSchema(name, found, 'pg_dump'),
    describeProcesses(living),
    checkLocks(lockRoom, retentionDays),
    checkClocks(serverTime, now()),
  ];
}

function checkClocks(serverTime: number, now: number): Finding {
  const told = new Date(now).toISOString();
  const apart = Math.abs(serverTime - now);
  if (apart <= FAR_MS) return ok('clock', `it is ${told}, as for the database`);
  return failed(
    'clock',
    `it is ${told} here and ${new Date(serverTime).toISOString()} at the database`,
    'Set both clocks (timedatectl set-ntp true): heartbeats and retries go by them.',
  );
}
