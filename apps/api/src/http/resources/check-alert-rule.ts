import { ALERT_MEASURE_TRAITS, LONGEST_SECURITY_WINDOW_MINUTES } from '../../domain/alert.ts';
import { GatewayError, type Fault } from '../../domain/errors.ts';
import type { AlertRuleBody } from '../../domain/resources.ts';
import type { Services } from '../services.ts';
import { unknownTarget } from './unknown-target.ts';

/** Checks what the schema cannot: that measure and scope go together, and that what it is about is there. */
export async function checkAlertRule(
  { store }: Pick<Services, 'store'>,
  { measure, scope, windowMinutes }: AlertRuleBody,
): Promise<void> {
  const { scopes } = ALERT_MEASURE_TRAITS[measure];
  if (!scopes.includes(scope.kind)) {
    const known = scopes.map((kind) => `"${kind}"`).join(', ');
    throw refuse('/scope/kind', 'unfit_scope', `"${measure}" has the scopes ${known} only.`);
  }
  if (measure === 'securityEvents' && windowMinutes > LONGEST_SECURITY_WINDOW_MINUTES) {
    const detail = `"windowMinutes" of "${measure}" must be at most ${LONGEST_SECURITY_WINDOW_MINUTES}.`;
    throw refuse('/windowMinutes', 'too_long', detail);
  }
  if (scope.kind === 'target' && !(await store.getResource('target', scope.targetId)))
    throw unknownTarget(scope.targetId, '/scope/targetId');
  if (scope.kind === 'source' && !(await store.getResource('source', scope.sourceId))) {
    const detail = `"sourceId" names no source; there is no ${scope.sourceId}.`;
    throw refuse('/scope/sourceId', 'unknown_source', detail);
  }
}

function refuse(pointer: string, code: string, detail: string): GatewayError {
  const faults: Fault[] = [{ pointer, code, detail }];
  return new GatewayError('invalid_request', detail, { faults });
}
