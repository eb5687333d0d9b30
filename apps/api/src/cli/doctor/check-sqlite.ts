import type { Config } from '../../config.ts';
import { inspectSqliteFile, type SqliteInspection } from '../../store/sqlite/inspect.ts';
import { checkSchema, describeProcesses } from './check-schema.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const FUTURE_MS = 60_000;

/** Looks at the SQLite file without changing anything: reachable, schema, who uses it, and whether the clock fits what it holds. */
export function checkSqlite(config: Config, now: number): Finding[] {
  const { databaseFile: file, hostName: host } = config;
  let found: SqliteInspection | null;
  try {
    found = inspectSqliteFile(file, { host, now });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [failed('store', reason, `Check ${file}, or restore a backup: signalbox restore FILE.`)];
  }
  if (found === null) {
    return [
      warning(
        'store',
        `there is none at ${file} yet`,
        'The first start makes it; check DATA_DIR and DATABASE_URL if the gateway ran before.',
      ),
    ];
  }
  return [
    checkSchema(file, found, 'signalbox backup FILE'),
    describeProcesses(found.living),
    checkClock(found, now),
  ];
}

/** Nothing in the store can have come later than now. */
function checkClock({ newestEventAt, living }: SqliteInspection, now: number): Finding {
  const newest = Math.max(newestEventAt ?? 0, ...living.map(({ heartbeatAt }) => heartbeatAt));
  const told = new Date(now).toISOString();
  if (newest <= now + FUTURE_MS) return ok('clock', `it is ${told}`);
  return failed(
    'clock',
    `it is ${told}, but the store holds something of ${new Date(newest).toISOString()}`,
    'Set the clock (timedatectl set-ntp true): retries wait until the clock has caught up.',
  );
}
