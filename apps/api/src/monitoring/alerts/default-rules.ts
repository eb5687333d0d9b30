import type { AlertRuleBody } from '../../domain/resources.ts';

/** The rules that a new gateway begins with; people change and delete them as they like. */
export const DEFAULT_RULES: readonly AlertRuleBody[] = [
  {
    name: 'Most attempts at a target fail',
    measure: 'failureRatePercent',
    scope: { kind: 'each-target' },
    threshold: 50,
    windowMinutes: 15,
    severity: 'warning',
    state: 'active',
  },
  {
    name: 'Deliveries wait for more than an hour',
    measure: 'backlogAgeSeconds',
    scope: { kind: 'each-target' },
    threshold: 3600,
    windowMinutes: 15,
    severity: 'warning',
    state: 'active',
  },
  {
    name: 'Dead letters pile up',
    measure: 'deadLetters',
    scope: { kind: 'all' },
    threshold: 100,
    windowMinutes: 15,
    severity: 'warning',
    state: 'active',
  },
  {
    name: 'Many security events',
    measure: 'securityEvents',
    scope: { kind: 'all' },
    threshold: 100,
    windowMinutes: 15,
    severity: 'critical',
    state: 'active',
  },
];
