import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { showAlertRule } from '../resources/show-alert-rule.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listAlertRules(
  services: Services,
  { query }: Input<unknown, PageInput>,
): Promise<Answer> {
  const page = await services.store.listResources('alert-rule', {}, pageOf(query));
  return listAnswer(page, showAlertRule);
}
