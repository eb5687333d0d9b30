import type { EventSchema, EventType } from '../../contract/event-types.ts';
import { toWireTime } from '../../contract/from-domain.ts';
import type { Resource } from '../../domain/resources.ts';
import type { Services } from '../services.ts';
import { notFound } from './find-resource.ts';

/** The id of an event type is its name: it has no other. */
export function findEventType(
  services: Pick<Services, 'store'>,
  name: string,
): Promise<Resource<'event-type'> | null> {
  return services.store.getResource('event-type', name);
}

export function showSchema({ body, createdAt }: Resource<'event-schema'>): EventSchema {
  return { version: body.schemaVersion, schema: body.schema, createdAt: toWireTime(createdAt) };
}

type Seen = { type: string; firstSeenAt: number; lastSeenAt: number };

function showEventType(
  services: Pick<Services, 'catalog'>,
  name: string,
  registered: Resource<'event-type'> | undefined,
  seen: Seen | undefined,
): EventType {
  return {
    name,
    description: registered?.body.description ?? '',
    registered: registered !== undefined,
    schemas: services.catalog.schemas(name).map(showSchema),
    firstSeenAt: seen ? toWireTime(seen.firstSeenAt) : null,
    lastSeenAt: seen ? toWireTime(seen.lastSeenAt) : null,
  };
}

/** The event types that were registered or seen on events, by name. */
export async function loadEventTypes(
  services: Pick<Services, 'store' | 'catalog'>,
): Promise<EventType[]> {
  const [registered, seen] = await Promise.all([
    services.store.loadResources('event-type'),
    services.store.listSeenTypes(),
  ]);
  const registeredByName = new Map(registered.map((type) => [type.body.name, type]));
  const seenByName = new Map(seen.map((type) => [type.type, type]));
  const names = [...new Set([...registeredByName.keys(), ...seenByName.keys()])].sort();
  return names.map((name) =>
    showEventType(services, name, registeredByName.get(name), seenByName.get(name)),
  );
}

/** One event type. Rejects with `not_found` when it was neither registered nor seen. */
export async function loadEventType(
  services: Pick<Services, 'store' | 'catalog'>,
  name: string,
): Promise<EventType> {
  const types = await loadEventTypes(services);
  return types.find((type) => type.name === name) ?? notFound(`There is no event type ${name}.`);
}
