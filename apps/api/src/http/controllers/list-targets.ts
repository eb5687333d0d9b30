import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { createShowTarget } from '../resources/show-target.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listTargets(
  services: Services,
  { query }: Input<unknown, PageInput>,
): Promise<Answer> {
  const page = await services.store.listResources('target', {}, pageOf(query));
  return listAnswer(page, createShowTarget(services));
}
