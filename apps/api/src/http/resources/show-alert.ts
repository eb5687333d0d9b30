import type { Alert } from '../../contract/alerts.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { Alert as AlertRecord } from '../../domain/alert.ts';

export function showAlert(alert: AlertRecord): Alert {
  const timeOf = (ms: number | null) => (ms === null ? null : toWireTime(ms));
  return {
    id: alert.id,
    state: alert.resolvedAt === null ? 'open' : 'resolved',
    code: alert.code,
    ruleId: alert.ruleId,
    measure: alert.measure,
    targetId: alert.targetId,
    sourceId: alert.sourceId,
    severity: alert.severity,
    title: alert.title,
    detail: alert.detail,
    value: alert.value,
    threshold: alert.threshold,
    occurrences: alert.occurrences,
    raisedAt: toWireTime(alert.raisedAt),
    lastSeenAt: toWireTime(alert.lastSeenAt),
    resolvedAt: timeOf(alert.resolvedAt),
    acknowledgedAt: timeOf(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy,
  };
}
