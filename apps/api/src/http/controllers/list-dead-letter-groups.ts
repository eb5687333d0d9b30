import { toWireTime } from '../../contract/from-domain.ts';
import type { Answer } from '../exchange.ts';
import type { Services } from '../services.ts';

export async function listDeadLetterGroups(services: Services): Promise<Answer> {
  const groups = await services.store.deadLetterGroups();
  const data = groups.map(({ oldestAt, newestAt, ...group }) => ({
    ...group,
    oldestAt: toWireTime(oldestAt),
    newestAt: toWireTime(newestAt),
  }));
  return { status: 200, body: { data } };
}
