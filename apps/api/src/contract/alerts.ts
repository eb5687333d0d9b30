import { z } from 'zod';
import {
  ALERT_CODES,
  ALERT_MEASURES,
  ALERT_SEVERITIES,
  type AlertMeasure as Measured,
} from '../domain/alert.ts';
import { Cursor, idOf, Limit, Name, PageQuery, pageOf, repeatable, Timestamp } from './common.ts';

/** How each measure of a rule is to be read: its unit, whether it is raised above or below the threshold, which scopes it knows. */
export { ALERT_MEASURE_TRAITS } from '../domain/alert.ts';

export const AlertMeasure = z.enum(ALERT_MEASURES);
export type AlertMeasure = Measured;
export const AlertSeverity = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** `each-target`: every target by itself, so that each can have an alert of its own. */
export const AlertScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('each-target') }),
  z.strictObject({ kind: z.literal('target'), targetId: idOf('tgt') }),
  z.strictObject({ kind: z.literal('source'), sourceId: idOf('src') }),
]);
export type AlertScope = z.infer<typeof AlertScope>;

const fields = {
  name: Name,
  measure: AlertMeasure,
  scope: AlertScope,
  /** In the unit of the measure. */
  threshold: z.number().min(0).max(1e12),
  /** What the measure is taken over, where it has a window; at most 60 for `securityEvents`. */
  windowMinutes: z.number().int().min(1).max(1440),
  severity: AlertSeverity,
  state: z.enum(['active', 'paused']),
};

export const AlertRuleCreate = z.strictObject({
  name: fields.name,
  measure: fields.measure,
  scope: fields.scope.default({ kind: 'all' }),
  threshold: fields.threshold,
  windowMinutes: fields.windowMinutes.default(15),
  severity: fields.severity.default('warning'),
  state: fields.state.default('active'),
});
export type AlertRuleCreate = z.input<typeof AlertRuleCreate>;

export const AlertRuleUpdate = z.strictObject(fields).partial();
export type AlertRuleUpdate = z.input<typeof AlertRuleUpdate>;

export const AlertRule = z.object({
  id: z.string(),
  ...fields,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type AlertRule = z.infer<typeof AlertRule>;
export const AlertRulePage = pageOf(AlertRule);
export type AlertRulePage = z.infer<typeof AlertRulePage>;
export const AlertRuleListQuery = PageQuery;

/** Something a person must hear of. It is open until its condition has ended. */
export const Alert = z.object({
  id: z.string(),
  state: z.enum(['open', 'resolved']),
  /** `rule`: raised by a rule; the others are always watched. */
  code: z.enum(ALERT_CODES),
  /** Null unless `code` is `rule`. */
  ruleId: z.string().nullable(),
  measure: AlertMeasure.nullable(),
  targetId: z.string().nullable(),
  sourceId: z.string().nullable(),
  severity: AlertSeverity,
  title: z.string(),
  detail: z.string(),
  /** What was measured when it was raised. */
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  /** How often it was raised while it was open. */
  occurrences: z.number().int(),
  raisedAt: Timestamp,
  lastSeenAt: Timestamp,
  resolvedAt: Timestamp.nullable(),
  acknowledgedAt: Timestamp.nullable(),
  acknowledgedBy: z.string().nullable(),
});
export type Alert = z.infer<typeof Alert>;
export const AlertPage = pageOf(Alert);
export type AlertPage = z.infer<typeof AlertPage>;

export const AlertListQuery = z.strictObject({
  state: z.enum(['open', 'resolved']).optional(),
  ruleId: repeatable(z.string()),
  code: repeatable(z.enum(ALERT_CODES)),
  severity: repeatable(AlertSeverity),
  targetId: repeatable(z.string()),
  sourceId: repeatable(z.string()),
  limit: Limit,
  cursor: Cursor.optional(),
});
export type AlertListQuery = z.input<typeof AlertListQuery>;
