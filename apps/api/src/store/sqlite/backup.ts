import Database from 'better-sqlite3';
import { explainFileFailure } from './inspect.ts';

const PAGES_A_STEP = 2048;

/**
 * Copies a database while gateways go on writing to it: the copy is the state of one moment. The reading connection
 * holds that moment, so the copy neither starts again when something is written nor keeps any writer waiting.
 * @param to a file that does not exist; it is one complete file, without a write-ahead log beside it
 * @param onProgress the share that is copied, 0 to 1
 * @throws GatewayError `not_ready` when the file cannot be read or the copy not be written, saying why
 */
export async function backupSqliteFile(
  file: string,
  to: string,
  onProgress: (share: number) => void,
): Promise<void> {
  try {
    const source = new Database(file, { readonly: true, fileMustExist: true });
    try {
      source.exec('BEGIN');
      source.prepare('SELECT count(*) FROM sqlite_master').get();
      await source.backup(to, {
        progress({ totalPages, remainingPages }) {
          onProgress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
          return PAGES_A_STEP;
        },
      });
    } finally {
      source.close();
    }
    const copy = new Database(to);
    copy.pragma('journal_mode = DELETE');
    copy.close();
  } catch (error) {
    throw explainFileFailure(error);
  }
}
