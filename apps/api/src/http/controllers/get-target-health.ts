import { toWireTime } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import type { Services } from '../services.ts';

export async function getTargetHealth(
  services: Services,
  { params }: Input<{ targetId: string }>,
): Promise<Answer> {
  const { id, body } = await findResource(services, 'target', params.targetId);
  const figures = await services.metrics.targetHealth(id);
  const { blockedBy, opensAt } = services.delivery.block(id);
  const isActive = body.state === 'active';
  const answer = {
    ...figures,
    targetId: id,
    state: body.state,
    breaker: services.delivery.breaker(id),
    blockedBy: isActive ? blockedBy : body.state,
    opensAt: isActive && opensAt !== null ? toWireTime(opensAt) : null,
    inFlight: services.delivery.inFlight(id),
  };
  return { status: 200, body: answer };
}
