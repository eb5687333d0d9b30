import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { showAnswer } from '../resources/save-resource.ts';
import { showAlertRule } from '../resources/show-alert-rule.ts';
import type { Services } from '../services.ts';

export async function getAlertRule(
  services: Services,
  { params }: Input<{ ruleId: string }>,
): Promise<Answer> {
  return showAnswer(await findResource(services, 'alert-rule', params.ruleId), showAlertRule);
}
