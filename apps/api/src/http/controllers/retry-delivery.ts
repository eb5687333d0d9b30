import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { auditEntry } from '../resources/audit-entry.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import type { Services } from '../services.ts';

/** Due at once, with a fresh retry schedule. Rejects with `conflict` in a state that has nothing to retry. */
export async function retryDelivery(
  services: Services,
  input: Input<{ deliveryId: string }>,
): Promise<Answer> {
  const before = await findDelivery(services, input.params.deliveryId);
  const delivery = await services.store.retryDelivery(
    before.id,
    services.clock.now(),
    auditEntry(services, input, {
      action: 'delivery.retried',
      subjectId: before.id,
      before: { state: before.state, reason: before.reason },
      after: { state: 'pending' },
    }),
  );
  services.delivery.wake();
  return { status: 200, body: toWireDelivery(delivery) };
}
