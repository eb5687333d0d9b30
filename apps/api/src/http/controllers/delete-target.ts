import { TARGET_DELETED } from '../../domain/delivery.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { listAll } from '../resources/list-all.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { createShowTarget } from '../resources/show-target.ts';
import type { Services } from '../services.ts';

/** Only a target that no subscription uses can go; what still waits for it is cancelled. */
export async function deleteTarget(
  services: Services,
  input: Input<{ targetId: string }>,
): Promise<Answer> {
  const target = await findResource(services, 'target', input.params.targetId);
  const users = await listAll(services, 'subscription', target.id);
  if (users.length > 0) throw inUse(users.map(({ body, id }) => `${body.name} (${id})`));
  const answer = await deleteResource(services, input, createShowTarget(services), target);
  await services.store.cancelWaiting({ targetId: target.id }, TARGET_DELETED, services.clock.now());
  services.delivery.wake();
  return answer;
}

function inUse(names: readonly string[]): GatewayError {
  return new GatewayError(
    'conflict',
    `The target is used by ${names.join(', ')}; delete these subscriptions first.`,
  );
}
