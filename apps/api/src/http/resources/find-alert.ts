import type { Alert } from '../../domain/alert.ts';
import type { Services } from '../services.ts';
import { notFound } from './find-resource.ts';

/** Rejects with `not_found`. */
export async function findAlert({ store }: Pick<Services, 'store'>, id: string): Promise<Alert> {
  return (await store.getAlert(id)) ?? notFound(`There is no alert ${id}.`);
}
