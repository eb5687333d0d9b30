import type { DeliveryAction } from '@signalbox/api/delivery-states';
import { useActOnDeliveryMutation } from './delivery-actions.ts';
import { problemOf } from './problem.ts';
import { useRefusal } from './roles.ts';

/** What the buttons of one delivery need. */
export function useDeliveryAction(id: string) {
  const [act, { isLoading, error }] = useActOnDeliveryMutation();
  return {
    refusal: useRefusal('operator'),
    isBusy: isLoading,
    problem: problemOf(error),
    onAct: (action: DeliveryAction) => void act({ id, action }),
  };
}
