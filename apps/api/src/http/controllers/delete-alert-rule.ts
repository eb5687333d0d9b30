import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { showAlertRule } from '../resources/show-alert-rule.ts';
import type { Services } from '../services.ts';

/** Its open alerts are resolved at the next evaluation; the past ones stay to be read. */
export async function deleteAlertRule(
  services: Services,
  input: Input<{ ruleId: string }>,
): Promise<Answer> {
  const rule = await findResource(services, 'alert-rule', input.params.ruleId);
  return deleteResource(services, input, showAlertRule, rule);
}
