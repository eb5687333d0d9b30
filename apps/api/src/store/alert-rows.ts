import type { Alert, AlertCode, AlertMeasure, AlertSeverity, NewAlert } from '../domain/alert.ts';

/** An alert as the engines read it. */
export interface AlertRow {
  seq: number;
  id: string;
  key: string;
  code: string;
  rule_id: string | null;
  measure: string | null;
  target_id: string | null;
  source_id: string | null;
  severity: string;
  title: string;
  detail: string;
  value: number | null;
  threshold: number | null;
  occurrences: number;
  raised_at: number;
  last_seen_at: number;
  resolved_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
}

export const ALERT_COLUMNS = [
  'seq',
  'id',
  'key',
  'code',
  'rule_id',
  'measure',
  'target_id',
  'source_id',
  'severity',
  'title',
  'detail',
  'value',
  'threshold',
  'occurrences',
  'raised_at',
  'last_seen_at',
  'resolved_at',
  'acknowledged_at',
  'acknowledged_by',
] as const satisfies readonly (keyof AlertRow)[];

/** Open alerts that are read at once. */
export const MOST_OPEN_ALERTS = 1000;

/** The columns that a new alert sets, each once, and their values in that order. */
export const NEW_ALERT_COLUMNS = [
  'id',
  'key',
  'code',
  'rule_id',
  'measure',
  'target_id',
  'source_id',
  'severity',
  'title',
  'detail',
  'value',
  'threshold',
  'raised_at',
  'last_seen_at',
] as const satisfies readonly (keyof AlertRow)[];

export function newAlertValues(alert: NewAlert): (string | number | null)[] {
  return [
    alert.id,
    alert.key,
    alert.code,
    alert.ruleId,
    alert.measure,
    alert.targetId,
    alert.sourceId,
    alert.severity,
    alert.title,
    alert.detail,
    alert.value,
    alert.threshold,
    alert.at,
    alert.at,
  ];
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    key: row.key,
    code: row.code as AlertCode,
    ruleId: row.rule_id,
    measure: row.measure as AlertMeasure | null,
    targetId: row.target_id,
    sourceId: row.source_id,
    severity: row.severity as AlertSeverity,
    title: row.title,
    detail: row.detail,
    value: row.value,
    threshold: row.threshold,
    occurrences: row.occurrences,
    raisedAt: row.raised_at,
    lastSeenAt: row.last_seen_at,
    resolvedAt: row.resolved_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
  };
}
