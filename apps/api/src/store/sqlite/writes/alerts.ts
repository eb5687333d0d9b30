import type { Database } from 'better-sqlite3';

import type { Alert } from '../../../domain/alert.ts';
import { GatewayError } from '../../../domain/errors.ts';
import { ALERT_COLUMNS, NEW_ALERT_COLUMNS, newAlertValues, toAlert } from '../../alert-rows.ts';
import type { AlertRow } from '../../alert-rows.ts';
import type { AlertCommands } from '../alert-commands.ts';
import type { Transaction } from '../transaction.ts';
import { createAudit } from './audit.ts';

const COLUMNS = ALERT_COLUMNS.join(', ');

/** Prepares the statements that raise, resolve and acknowledge alerts, and that hand out turns. */
export function createAlertWrites(database: Database) {
  const raise = database.prepare<unknown[], AlertRow>(
    `INSERT INTO alerts (${NEW_ALERT_COLUMNS.join(', ')}) VALUES (${NEW_ALERT_COLUMNS.map(() => '?').join(', ')})
     ON CONFLICT (key) WHERE resolved_at IS NULL DO UPDATE SET occurrences = occurrences + 1, last_seen_at = excluded.last_seen_at
     RETURNING ${COLUMNS}`,
  );
  const resolve = database.prepare<[number, string], AlertRow>(
    `UPDATE alerts SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL RETURNING ${COLUMNS}`,
  );
  const find = database.prepare<[string], AlertRow>(`SELECT ${COLUMNS} FROM alerts WHERE id = ?`);
  const acknowledge = database.prepare<unknown[], AlertRow>(
    `UPDATE alerts SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_at IS NULL RETURNING ${COLUMNS}`,
  );
  const takeTurn = database.prepare(
    `INSERT INTO counters (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value > value`,
  );
  const writeAudit = createAudit(database);

  return {
    raiseAlert(
      alert: AlertCommands['raiseAlert']['input'],
      transaction: Transaction,
    ): AlertCommands['raiseAlert']['output'] {
      const row = raise.get(...newAlertValues(alert));
      if (!row) throw new Error('An alert was not written.');
      const isNew = row.id === alert.id;
      if (isNew) transaction.changedResources.push(['alert.raised', row.id]);
      return { alert: toAlert(row), isNew };
    },
    resolveAlert(
      { id, at }: AlertCommands['resolveAlert']['input'],
      transaction: Transaction,
    ): Alert | null {
      const row = resolve.get(at, id);
      if (!row) return null;
      transaction.changedResources.push(['alert.updated', id]);
      return toAlert(row);
    },
    acknowledgeAlert(
      { id, by, at, audit }: AlertCommands['acknowledgeAlert']['input'],
      transaction: Transaction,
    ): Alert {
      const row = acknowledge.get(at, by, id);
      if (!row) throw notAcknowledged(id, find.get(id));
      writeAudit(audit);
      transaction.changedResources.push(['alert.updated', id]);
      return toAlert(row);
    },
    claimTurn: ({ name, turn }: AlertCommands['claimTurn']['input']): boolean =>
      takeTurn.run(`turn ${name}`, turn).changes === 1,
  };
}

function notAcknowledged(id: string, row: AlertRow | undefined): GatewayError {
  return row
    ? new GatewayError('conflict', `The alert ${id} was acknowledged before.`)
    : new GatewayError('not_found', `There is no alert ${id}.`);
}
