import type { Delivery } from '../../domain/delivery.ts';
import type { Services } from '../services.ts';
import { notFound } from './find-resource.ts';

/** Rejects with `not_found`. */
export async function findDelivery(
  services: Pick<Services, 'store'>,
  id: string,
): Promise<Delivery> {
  return (await services.store.getDelivery(id)) ?? notFound(`There is no delivery ${id}.`);
}
