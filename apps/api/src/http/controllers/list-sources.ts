import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { showSource } from '../resources/show-source.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listSources(
  services: Services,
  { query }: Input<unknown, PageInput>,
): Promise<Answer> {
  return listAnswer(await services.store.listResources('source', {}, pageOf(query)), showSource);
}
