import type { Alert, NewAlert } from '../../../domain/alert.ts';
import { GatewayError } from '../../../domain/errors.ts';
import { ALERT_COLUMNS, NEW_ALERT_COLUMNS, newAlertValues, toAlert } from '../../alert-rows.ts';
import type { AlertRow } from '../../alert-rows.ts';
import type { AuditEntry } from '../../store.ts';
import type { Query } from '../pool.ts';
import type { Work } from '../write-session.ts';
import { writeAudit } from './audit.ts';

const COLUMNS = ALERT_COLUMNS.map((column) => `alerts.${column}`).join(', ');

const RAISE = `
INSERT INTO alerts (${NEW_ALERT_COLUMNS.join(', ')}) VALUES (${NEW_ALERT_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})
ON CONFLICT (key) WHERE resolved_at IS NULL DO UPDATE SET occurrences = alerts.occurrences + 1, last_seen_at = excluded.last_seen_at
RETURNING ${COLUMNS}`;

/** Raises an alert, or adds an occurrence to the one with its key that is open. */
export async function raiseAlert(
  { query, journal }: Work,
  alert: NewAlert,
): Promise<{ alert: Alert; isNew: boolean }> {
  const [row] = await query<AlertRow>(RAISE, newAlertValues(alert));
  if (!row) throw new Error('An alert was not written.');
  const isNew = row.id === alert.id;
  if (isNew) journal.changedResources.push(['alert.raised', row.id]);
  return { alert: toAlert(row), isNew };
}

/** Null: there is no such open alert. */
export async function resolveAlert(
  { query, journal }: Work,
  id: string,
  at: number,
): Promise<Alert | null> {
  const [row] = await query<AlertRow>(
    `UPDATE alerts SET resolved_at = $2 WHERE id = $1 AND resolved_at IS NULL RETURNING ${COLUMNS}`,
    [id, at],
  );
  if (!row) return null;
  journal.changedResources.push(['alert.updated', id]);
  return toAlert(row);
}

/** A person has seen it. @throws GatewayError `not_found`, `conflict` */
export async function acknowledgeAlert(
  { query, post, journal }: Work,
  { id, by, at, audit }: { id: string; by: string; at: number; audit: AuditEntry },
): Promise<Alert> {
  const [row] = await query<AlertRow>(
    `UPDATE alerts SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1 AND acknowledged_at IS NULL RETURNING ${COLUMNS}`,
    [id, at, by],
  );
  if (!row) {
    const [found] = await query('SELECT 1 FROM alerts WHERE id = $1', [id]);
    throw found
      ? new GatewayError('conflict', `The alert ${id} was acknowledged before.`)
      : new GatewayError('not_found', `There is no alert ${id}.`);
  }
  journal.changedResources.push(['alert.updated', id]);
  writeAudit(post, audit);
  return toAlert(row);
}

/** True for the first that asks for this turn or a later one. */
export async function claimTurn(query: Query, name: string, turn: number): Promise<boolean> {
  const rows = await query(
    `INSERT INTO counters (name, value) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value > counters.value RETURNING 1`,
    [`turn ${name}`, turn],
  );
  return rows.length === 1;
}
