import type { EventRecord, EventStatus } from '../domain/event.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Claim, NewDelivery, NewEvent } from '../store/store.ts';
import { isRefusal, type IncomingEvent, type Refusal } from './incoming-event.ts';
import { refusing } from './invalid-event.ts';
import type { RouteEvent } from './route-event.ts';

/** The dispatcher's door for deliveries that begin in this process at once. */
export interface HandOff {
  /** Asks for room in a target's lane; every true is answered by one `release` or by one claim in `accept`. */
  reserve(targetId: string): boolean;
  release(targetId: string): void;
  accept(claims: readonly Claim[]): void;
}

export interface PlanInput {
  event: IncomingEvent;
  quarantined: boolean;
  statusDetail: string | null;
  sourceId: string;
  traceparent: string;
  receivedAt: number;
  /** Where the event stands in the request: empty, or `/<index>`. */
  pointer: string;
  /** Gets the target of each reservation. */
  reserved: string[];
}

/**
 * Turns a judged event into what is written: its record and a delivery for each route, with room reserved where there is some.
 * Refuses one that takes too long to match.
 */
export function planEvent(
  dependencies: { ids: IdFactory; route: RouteEvent; handOff: HandOff },
  input: PlanInput,
): NewEvent | Refusal {
  const { ids, route, handOff } = dependencies;
  const record = toRecord(ids('evt'), input);
  if (input.quarantined) return { event: record, deliveries: [] };
  const routes = refusing(input.pointer, () => route(record, input.event.parsedData));
  if (isRefusal(routes)) return routes;
  const deliveries = routes.map((found): NewDelivery => {
    const isReserved = handOff.reserve(found.targetId);
    if (isReserved) input.reserved.push(found.targetId);
    return { ...found, id: ids('dlv'), handOff: isReserved };
  });
  const status: EventStatus = deliveries.length > 0 ? 'routed' : 'unmatched';
  return { event: { ...record, status }, deliveries };
}

function toRecord(id: string, input: PlanInput): EventRecord {
  const { event } = input;
  return {
    id,
    eventId: event.eventId ?? id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: event.time,
    dataContentType: event.dataContentType,
    dataSchema: event.dataSchema,
    extensions: event.extensions,
    dataKind: event.dataKind,
    data: event.data,
    sourceId: input.sourceId,
    status: input.quarantined ? 'quarantined' : 'unmatched',
    statusDetail: input.statusDetail,
    receivedAt: input.receivedAt,
    sizeBytes: event.data?.length ?? 0,
    traceparent: input.traceparent,
  };
}
