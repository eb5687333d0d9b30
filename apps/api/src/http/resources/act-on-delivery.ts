import type { Delivery } from '../../domain/delivery.ts';
import type { DeliveryAction } from '../../domain/delivery-states.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Caller } from '../exchange.ts';
import type { Services } from '../services.ts';
import { auditEntry } from './audit-entry.ts';

const DONE = { retry: 'retried', cancel: 'cancelled' } as const;
const AFTER = { retry: 'pending', cancel: 'cancelled' } as const;

/** What a person does to a delivery, with its audit entry. Rejects with `conflict` when its state forbids it, or its target is gone. */
export async function actOnDelivery(
  services: Pick<Services, 'store' | 'clock' | 'ids'>,
  caller: Caller,
  action: DeliveryAction,
  before: Pick<Delivery, 'id' | 'state' | 'reason' | 'targetId'>,
): Promise<Delivery> {
  const { store, clock } = services;
  if (action === 'retry' && (await store.getResource('target', before.targetId)) === null) {
    throw new GatewayError(
      'conflict',
      `The target ${before.targetId} was deleted; replay the event through a subscription of another one.`,
    );
  }
  const audit = auditEntry(services, caller, {
    action: `delivery.${DONE[action]}`,
    subjectId: before.id,
    before: { state: before.state, reason: before.reason },
    after: { state: AFTER[action] },
  });
  return action === 'retry'
    ? store.retryDelivery(before.id, clock.now(), audit)
    : store.cancelDelivery(before.id, clock.now(), audit);
}
