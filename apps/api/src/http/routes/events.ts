import { PageQuery } from '../../contract/common.ts';
import { DeliveryPage } from '../../contract/deliveries.ts';
import { Event, EventListQuery, EventPage } from '../../contract/events.ts';
import { ExplainQuery, Explanation } from '../../contract/tests.ts';
import { explainEvent } from '../controllers/explain-event.ts';
import { getEvent } from '../controllers/get-event.ts';
import { listEventDeliveries } from '../controllers/list-event-deliveries.ts';
import { listEvents } from '../controllers/list-events.ts';
import { defineRoute } from '../define-route.ts';

const common = { method: 'GET', access: 'viewer', tag: 'Events', status: 200 } as const;

export const EVENT_ROUTES = [
  defineRoute({
    ...common,
    path: '/v1/events',
    summary: 'List events, newest first',
    query: EventListQuery,
    answer: EventPage,
    controller: listEvents,
  }),
  defineRoute({
    ...common,
    path: '/v1/events/{eventId}',
    summary: 'Read an event with its payload',
    answer: Event,
    controller: getEvent,
  }),
  defineRoute({
    ...common,
    path: '/v1/events/{eventId}/deliveries',
    summary: 'List the deliveries of an event',
    query: PageQuery,
    answer: DeliveryPage,
    controller: listEventDeliveries,
  }),
  defineRoute({
    ...common,
    path: '/v1/events/{eventId}/explain',
    summary: 'Explain why an event did or did not match each subscription',
    query: ExplainQuery,
    answer: Explanation,
    controller: explainEvent,
  }),
];
