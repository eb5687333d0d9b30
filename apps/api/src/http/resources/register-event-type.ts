import { GatewayError } from '../../domain/errors.ts';
import type { EventTypeBody, Resource } from '../../domain/resources.ts';
import type { Caller } from '../exchange.ts';
import type { Services } from '../services.ts';
import { findEventType } from './event-types.ts';
import { insertResource } from './save-resource.ts';

/** Stores an event type. Rejects with `name_taken`. */
export async function registerEventType(
  services: Services,
  caller: Caller,
  body: EventTypeBody,
): Promise<Resource<'event-type'>> {
  if (await findEventType(services, body.name))
    throw new GatewayError('name_taken', `There is an event type ${body.name} already.`, {
      faults: [{ pointer: '/name', code: 'name_taken', detail: 'Choose another name.' }],
    });
  return insertResource(services, caller, (resource) => resource.body, {
    kind: 'event-type',
    id: body.name,
    name: body.name,
    parentId: null,
    body,
  });
}
