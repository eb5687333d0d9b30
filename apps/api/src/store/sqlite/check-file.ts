import { GatewayError } from '../../domain/errors.ts';
import { readSqliteFile } from './inspect.ts';
import { migrations } from './migrations/index.ts';

/** What a database file holds, counted from its rows. */
export interface FileContents {
  schemaVersion: number;
  events: number;
  deliveries: number;
  records: number;
}

/**
 * Reads a whole database file, every page and every index of it, and counts what it holds.
 * @throws GatewayError `not_ready` when anything in it is damaged, or a newer version has written it
 */
export function checkSqliteFile(file: string): FileContents {
  return readSqliteFile(file, (database) => {
    const faults = database.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all();
    if (faults.length !== 1 || faults[0] !== 'ok') {
      throw new GatewayError('not_ready', `The database is damaged: ${faults.join('; ')}.`);
    }
    const schemaVersion = Number(database.pragma('user_version', { simple: true }));
    if (schemaVersion === 0) {
      throw new GatewayError('not_ready', 'The file is a database, but none of Signalbox.');
    }
    if (schemaVersion > migrations.length) {
      throw new GatewayError(
        'not_ready',
        `The database has schema version ${schemaVersion}, and this version of Signalbox knows up to ${migrations.length}. Use the version that wrote it.`,
      );
    }
    const count = (table: string): number =>
      Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    return {
      schemaVersion,
      events: count('events'),
      deliveries: count('deliveries'),
      records: count('resources'),
    };
  });
}
