import type { z } from 'zod';
import type { DeliveryWork } from '../../contract/deliveries.ts';
import type { Answer, Input } from '../exchange.ts';
import { workOnDeliveries } from '../resources/work-on-deliveries.ts';
import type { Services } from '../services.ts';

export function cancelDeliveries(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof DeliveryWork>>,
): Promise<Answer> {
  return workOnDeliveries(services, input, 'cancel');
}
