import type { z } from 'zod';
import type { AlertRuleUpdate } from '../../contract/alerts.ts';
import type { AlertRuleBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkAlertRule } from '../resources/check-alert-rule.ts';
import { findResource } from '../resources/find-resource.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showAnswer, updateResource } from '../resources/save-resource.ts';
import { showAlertRule } from '../resources/show-alert-rule.ts';
import type { Services } from '../services.ts';

/** The scope is replaced whole. */
export async function updateAlertRule(
  services: Services,
  input: Input<{ ruleId: string }, unknown, z.output<typeof AlertRuleUpdate>>,
): Promise<Answer> {
  const before = await findResource(services, 'alert-rule', input.params.ruleId);
  const body: AlertRuleBody = { ...before.body, ...givenOf(input.body) };
  await checkAlertRule(services, body);
  const change = { body, name: body.name };
  const after = await updateResource(services, input, showAlertRule, before, change);
  return showAnswer(after, showAlertRule);
}
