import type { Answer, Input } from '../exchange.ts';
import { listAnswer, pageOf } from '../resources/list-answer.ts';
import { showSubscription } from '../resources/show-subscription.ts';
import type { Services } from '../services.ts';
import type { PageInput } from './page-input.ts';

export async function listSubscriptions(
  services: Services,
  { query }: Input<unknown, PageInput & { targetId?: string | undefined }>,
): Promise<Answer> {
  const filter = query.targetId === undefined ? {} : { parentId: query.targetId };
  const page = await services.store.listResources('subscription', filter, pageOf(query));
  return listAnswer(page, showSubscription);
}
