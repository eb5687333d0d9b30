import { toWireDelivery } from '../../contract/from-domain.ts';
import type { Answer, Input } from '../exchange.ts';
import { auditEntry } from '../resources/audit-entry.ts';
import { findDelivery } from '../resources/find-delivery.ts';
import type { Services } from '../services.ts';

/** Nothing more is sent for it. Rejects with `conflict` when it has ended or is being sent. */
export async function cancelDelivery(
  services: Services,
  input: Input<{ deliveryId: string }>,
): Promise<Answer> {
  const before = await findDelivery(services, input.params.deliveryId);
  const delivery = await services.store.cancelDelivery(
    before.id,
    services.clock.now(),
    auditEntry(services, input, {
      action: 'delivery.cancelled',
      subjectId: before.id,
      before: { state: before.state, reason: before.reason },
      after: { state: 'cancelled' },
    }),
  );
  services.delivery.wake();
  return { status: 200, body: toWireDelivery(delivery) };
}
