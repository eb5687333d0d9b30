import type { Catalog } from '../catalog/catalog.ts';
import { createAcceptEvents, type AcceptEvents } from '../ingest/accept-events.ts';
import { createRouteEvent } from '../ingest/route-event.ts';
import { createSchemaValidator } from '../ingest/validate-schema.ts';
import type { Store } from '../store/store.ts';
import type { Base } from './base.ts';
import type { wireDelivery } from './wire-delivery.ts';

/** Puts the way of an event together, from its arrival to the deliveries that are handed off. */
export function wireIngest(
  { clock, ids, logger }: Base,
  store: Store,
  catalog: Catalog,
  dispatcher: ReturnType<typeof wireDelivery>['dispatcher'],
): AcceptEvents {
  return createAcceptEvents({
    store,
    clock,
    ids,
    route: createRouteEvent(catalog),
    schemas: catalog,
    validateSchema: createSchemaValidator(),
    handOff: dispatcher,
    log: (line) => logger.info(line, 'events accepted'),
  });
}
