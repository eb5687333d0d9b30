import type { Database } from 'better-sqlite3';

import { GatewayError } from '../../domain/errors.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings the database to the schema of this version. One process at a time: the others wait for the
 * write lock and then find nothing left to do.
 * @throws GatewayError `not_ready` when a newer version has written the database
 */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  database
    .transaction(() => {
      const version = Number(database.pragma('user_version', { simple: true }));
      if (version > steps.length) {
        throw new GatewayError(
          'not_ready',
          `The database has schema version ${version}, and this version of Signalbox knows up to ${steps.length}. Start the version that wrote it, or restore a backup.`,
        );
      }
      if (version === steps.length) return;
      for (const step of steps.slice(version)) database.exec(step);
      database.pragma(`user_version = ${steps.length}`);
    })
    .immediate();
}
