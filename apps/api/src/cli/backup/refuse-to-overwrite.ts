import type { Config } from '../../config.ts';
import { inspectSqliteFile, type SqliteInspection } from '../../store/sqlite/inspect.ts';
import { CommandError, type Call } from '../command.ts';

/** Throws `refused` when the store is in use, or holds anything and `--replace` was not given. */
export function refuseToOverwrite(call: Call, config: Config): void {
  let found: SqliteInspection | null;
  try {
    const now = call.io.clock.now();
    found = inspectSqliteFile(config.databaseFile, { host: config.hostName, now });
  } catch (error) {
    if (call.flag('replace')) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      'refused',
      `There is a file at ${config.databaseFile} that cannot be read (${reason}); add --replace to set it aside.`,
    );
  }
  if (found === null) return;
  if (found.living.length > 0) {
    const pids = found.living.map(({ pid, host }) => `${pid} on ${host}`).join(', ');
    throw new CommandError(
      'refused',
      `The store is in use by process ${pids}. Stop the gateway, then try again.`,
    );
  }
  if (!found.isEmpty && !call.flag('replace')) {
    throw new CommandError(
      'refused',
      `The store at ${config.databaseFile} is not empty; add --replace to set it aside and restore anyway.`,
    );
  }
}
