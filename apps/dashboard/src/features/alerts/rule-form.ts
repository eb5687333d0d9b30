import { ALERT_MEASURE_TRAITS } from '@signalbox/api/alert-measures';
import type { AlertRule, AlertRuleCreate, AlertRuleUpdate } from '@signalbox/api/contract';

type Scope = AlertRule['scope'];

/** A rule as its form holds it: numbers are text, the scope is its kind and an id. */
export interface RuleForm {
  name: string;
  measure: AlertRule['measure'];
  scope: Scope['kind'];
  targetId: string;
  sourceId: string;
  threshold: string;
  windowMinutes: string;
  severity: AlertRule['severity'];
  state: AlertRule['state'];
}

export const EMPTY_RULE: RuleForm = {
  name: '',
  measure: 'failureRatePercent',
  scope: 'each-target',
  targetId: '',
  sourceId: '',
  threshold: '50',
  windowMinutes: '15',
  severity: 'warning',
  state: 'active',
};

export function ruleToForm(rule: AlertRule): RuleForm {
  const { scope } = rule;
  return {
    name: rule.name,
    measure: rule.measure,
    scope: scope.kind,
    targetId: scope.kind === 'target' ? scope.targetId : '',
    sourceId: scope.kind === 'source' ? scope.sourceId : '',
    threshold: String(rule.threshold),
    windowMinutes: String(rule.windowMinutes),
    severity: rule.severity,
    state: rule.state,
  };
}

function scopeOf({ scope, targetId, sourceId }: RuleForm): Scope {
  if (scope === 'target') return { kind: 'target', targetId };
  if (scope === 'source') return { kind: 'source', sourceId };
  return { kind: scope };
}

export function formToRule(form: RuleForm): AlertRuleCreate {
  const { measure, severity, state } = form;
  return {
    name: form.name.trim(),
    measure,
    scope: scopeOf(form),
    threshold: Number(form.threshold),
    windowMinutes: Number(form.windowMinutes),
    severity,
    state,
  };
}

/** Another measure; a scope that it does not know gives way to its first. */
export function withMeasure(form: RuleForm, measure: RuleForm['measure']): RuleForm {
  const { scopes } = ALERT_MEASURE_TRAITS[measure];
  return {
    ...form,
    measure,
    scope: scopes.includes(form.scope) ? form.scope : (scopes[0] ?? 'all'),
  };
}

/** Only what differs from the stored rule. */
export function ruleChange(form: RuleForm, stored: AlertRule): AlertRuleUpdate {
  const before: Readonly<Record<string, unknown>> = { ...stored };
  return Object.fromEntries(
    Object.entries(formToRule(form)).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

/** What a rule says, in words: `failed attempts above 50 % in 15 min`. */
export function ruleText(rule: Pick<AlertRule, 'measure' | 'threshold' | 'windowMinutes'>): string {
  const { label, unit, raisedWhen, hasWindow } = ALERT_MEASURE_TRAITS[rule.measure];
  const bound = unit === '' ? String(rule.threshold) : `${String(rule.threshold)} ${unit}`;
  return `${label} ${raisedWhen} ${bound}${hasWindow ? ` in ${String(rule.windowMinutes)} min` : ''}`;
}
