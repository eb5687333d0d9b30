import type { z } from 'zod';
import type { AlertRuleCreate } from '../../contract/alerts.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkAlertRule } from '../resources/check-alert-rule.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { showAlertRule } from '../resources/show-alert-rule.ts';
import type { Services } from '../services.ts';

export async function createAlertRule(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof AlertRuleCreate>>,
): Promise<Answer> {
  const { body } = input;
  await checkAlertRule(services, body);
  const rule = await insertResource(services, input, showAlertRule, {
    kind: 'alert-rule',
    id: services.ids('rul'),
    name: body.name,
    parentId: null,
    body,
  });
  return createdAnswer(rule, `/v1/alert-rules/${rule.id}`, showAlertRule(rule));
}
