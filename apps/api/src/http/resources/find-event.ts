import type { EventRecord } from '../../domain/event.ts';
import type { Services } from '../services.ts';
import { notFound } from './find-resource.ts';

/** The stored event with its payload. Rejects with `not_found`. */
export async function findEvent(
  services: Pick<Services, 'store'>,
  eventId: string,
): Promise<EventRecord> {
  return (await services.store.getEvent(eventId)) ?? notFound(`There is no event ${eventId}.`);
}
