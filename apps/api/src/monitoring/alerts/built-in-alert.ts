import type { AlertCode, AlertSeverity } from '../../domain/alert.ts';
import type { Condition } from './condition.ts';

type BuiltInCode = Exclude<AlertCode, 'rule'>;

const KINDS: Readonly<Record<BuiltInCode, { severity: AlertSeverity; title: string }>> = {
  target_gone: { severity: 'critical', title: 'Target says that it is gone, and was disabled' },
  target_failing: { severity: 'critical', title: 'Target has failed for days, and was disabled' },
  forbidden_address: { severity: 'critical', title: 'Target has an address that is forbidden' },
  breaker_open: { severity: 'warning', title: 'Circuit breaker of target is open' },
  conservation_difference: {
    severity: 'critical',
    title: 'What was accepted differs from what became of it',
  },
};

/** What is raised without a rule. `about` names the target to people. */
export function builtInAlert(
  code: BuiltInCode,
  detail: string,
  about: { targetId: string; name: string } | null = null,
): Condition['alert'] {
  const { severity, title } = KINDS[code];
  return {
    key: about === null ? code : `${code} ${about.targetId}`,
    code,
    ruleId: null,
    measure: null,
    targetId: about?.targetId ?? null,
    sourceId: null,
    severity,
    title: about === null ? title : `${title}: ${about.name}`,
    detail,
    value: null,
    threshold: null,
  };
}
