import {
  Alert,
  AlertListQuery,
  AlertPage,
  AlertRule,
  AlertRuleCreate,
  AlertRuleListQuery,
  AlertRulePage,
  AlertRuleUpdate,
} from '../../contract/alerts.ts';
import { acknowledgeAlert } from '../controllers/acknowledge-alert.ts';
import { createAlertRule } from '../controllers/create-alert-rule.ts';
import { deleteAlertRule } from '../controllers/delete-alert-rule.ts';
import { getAlertRule } from '../controllers/get-alert-rule.ts';
import { getAlert } from '../controllers/get-alert.ts';
import { listAlertRules } from '../controllers/list-alert-rules.ts';
import { listAlerts } from '../controllers/list-alerts.ts';
import { updateAlertRule } from '../controllers/update-alert-rule.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Alerts';
const read = { method: 'GET', access: 'viewer', tag, status: 200 } as const;

export const ALERT_ROUTES = [
  defineRoute({
    ...read,
    path: '/v1/alerts',
    summary: 'List alerts, newest first',
    query: AlertListQuery,
    answer: AlertPage,
    controller: listAlerts,
  }),
  defineRoute({
    ...read,
    path: '/v1/alerts/{alertId}',
    summary: 'Read an alert',
    answer: Alert,
    controller: getAlert,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/alerts/{alertId}/acknowledge',
    access: 'operator',
    tag,
    summary: 'Say that you have seen an alert; it stays open until its condition ends',
    status: 200,
    answer: Alert,
    controller: acknowledgeAlert,
  }),
  defineRoute({
    ...read,
    path: '/v1/alert-rules',
    summary: 'List alert rules, newest first',
    query: AlertRuleListQuery,
    answer: AlertRulePage,
    controller: listAlertRules,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/alert-rules',
    access: 'admin',
    tag,
    summary: 'Create an alert rule',
    body: AlertRuleCreate,
    status: 201,
    answer: AlertRule,
    example: {
      name: 'Most attempts fail',
      measure: 'failureRatePercent',
      scope: { kind: 'each-target' },
      threshold: 50,
      windowMinutes: 15,
      severity: 'warning',
    },
    controller: createAlertRule,
  }),
  defineRoute({
    ...read,
    path: '/v1/alert-rules/{ruleId}',
    summary: 'Read an alert rule',
    answer: AlertRule,
    controller: getAlertRule,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/v1/alert-rules/{ruleId}',
    access: 'admin',
    tag,
    summary: 'Change an alert rule; the scope is replaced whole',
    body: AlertRuleUpdate,
    status: 200,
    answer: AlertRule,
    example: { threshold: 80 },
    controller: updateAlertRule,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/v1/alert-rules/{ruleId}',
    access: 'admin',
    tag,
    summary: 'Delete an alert rule; its open alerts are resolved',
    status: 204,
    answer: null,
    controller: deleteAlertRule,
  }),
];
