import type { Database } from 'better-sqlite3';

import type { Alert } from '../../../domain/alert.ts';
import { ALERT_COLUMNS, MOST_OPEN_ALERTS, toAlert } from '../../alert-rows.ts';
import type { AlertRow } from '../../alert-rows.ts';

const COLUMNS = ALERT_COLUMNS.join(', ');

/** Prepares the reading of single alerts, and of those that are open. */
export function createAlertReads(database: Database) {
  const alert = database.prepare<[string], AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE id = ?`);
  const open = database.prepare<[number], AlertRow>(
    `SELECT ${COLUMNS} FROM alerts WHERE resolved_at IS NULL ORDER BY raised_at, seq LIMIT ?`,
  );

  return {
    getAlert(id: string): Alert | null {
      const row = alert.get(id);
      return row ? toAlert(row) : null;
    },
    openAlerts: (): Alert[] => open.all(MOST_OPEN_ALERTS).map(toAlert),
  };
}
