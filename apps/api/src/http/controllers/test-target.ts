import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import type { Services } from '../services.ts';

/** Sends one example event at once. A failure of the target is data, so the answer is 200 with what happened. */
export async function testTarget(
  services: Services,
  { params }: Input<{ targetId: string }>,
): Promise<Answer> {
  const target = await findResource(services, 'target', params.targetId);
  return { status: 200, body: await services.delivery.test(target) };
}
