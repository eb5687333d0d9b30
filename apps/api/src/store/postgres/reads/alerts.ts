import { ALERT_COLUMNS, MOST_OPEN_ALERTS, toAlert } from '../../alert-rows.ts';
import type { AlertRow } from '../../alert-rows.ts';
import type { Store } from '../../store.ts';
import type { Query } from '../pool.ts';

const COLUMNS = ALERT_COLUMNS.join(', ');

/** The reading of single alerts, and of those that are open. */
export function createAlertReads(query: Query): Pick<Store, 'getAlert' | 'openAlerts'> {
  return {
    async getAlert(id) {
      const [row] = await query<AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE id = $1`, [id]);
      return row ? toAlert(row) : null;
    },
    async openAlerts() {
      const rows = await query<AlertRow>(
        `SELECT ${COLUMNS} FROM alerts WHERE resolved_at IS NULL ORDER BY raised_at, seq LIMIT ${MOST_OPEN_ALERTS}`,
        [],
      );
      return rows.map(toAlert);
    },
  };
}
