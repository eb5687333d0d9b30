import {
  DELIVERY_ACTIONS,
  isActionAllowed,
  type DeliveryAction,
  type DeliveryState,
} from '@signalbox/api/delivery-states';

/** Why an action cannot be taken on a delivery in this state, or null; from the gateway's own table. */
export function actionRefusal(action: DeliveryAction, state: DeliveryState): string | null {
  if (isActionAllowed(action, state)) return null;
  const states = DELIVERY_ACTIONS[action].join(', ');
  return `This delivery is ${state}; only ${states} ones can be ${action === 'retry' ? 'retried' : 'cancelled'}.`;
}
