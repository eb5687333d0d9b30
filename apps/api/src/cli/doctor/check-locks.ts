import { findLockShortage, type LockRoom } from '../../store/postgres/lock-room.ts';
import { ok, warning, type Finding } from './finding.ts';

/** Whether the server's table of locks holds as many days as are kept. */
export function checkLocks(room: LockRoom, retentionDays: number): Finding {
  const shortage = findLockShortage(room, retentionDays);
  return shortage === null
    ? ok('locks', `the database has room for the locks of ${retentionDays} days`)
    : warning('locks', shortage.detail, shortage.action);
}
