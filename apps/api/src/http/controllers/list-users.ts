import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { showUser } from '../resources/show-user.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listUsers(
  services: Services,
  { query }: Input<unknown, PageInput>,
): Promise<Answer> {
  return listAnswer(await services.store.listResources('user', {}, pageOf(query)), showUser);
}
