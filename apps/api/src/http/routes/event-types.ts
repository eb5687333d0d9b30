import { PageQuery } from '../../contract/common.ts';
import {
  EventSchema,
  EventSchemaCreate,
  EventSchemaList,
  EventSchemaTest,
  EventSchemaTestResult,
  EventType,
  EventTypeCreate,
  EventTypePage,
  EventTypeUpdate,
} from '../../contract/event-types.ts';
import { createEventSchema } from '../controllers/create-event-schema.ts';
import { createEventType } from '../controllers/create-event-type.ts';
import { deleteEventSchema } from '../controllers/delete-event-schema.ts';
import { deleteEventType } from '../controllers/delete-event-type.ts';
import { getEventSchema } from '../controllers/get-event-schema.ts';
import { getEventType } from '../controllers/get-event-type.ts';
import { listEventSchemas } from '../controllers/list-event-schemas.ts';
import { listEventTypes } from '../controllers/list-event-types.ts';
import { testEventSchema } from '../controllers/test-event-schema.ts';
import { updateEventType } from '../controllers/update-event-type.ts';
import { defineRoute } from '../define-route.ts';

const tag = 'Event types';
const read = { method: 'GET', access: 'viewer', tag, status: 200 } as const;
const create = { method: 'POST', access: 'admin', tag, status: 201 } as const;
const remove = { method: 'DELETE', access: 'admin', tag, status: 204, answer: null } as const;

export const EVENT_TYPE_ROUTES = [
  defineRoute({
    ...read,
    path: '/v1/event-types',
    summary: 'List event types by name, also those that were only seen',
    query: PageQuery,
    answer: EventTypePage,
    controller: listEventTypes,
  }),
  defineRoute({
    ...create,
    path: '/v1/event-types',
    summary: 'Register an event type',
    body: EventTypeCreate,
    answer: EventType,
    example: { name: 'order.created', description: 'A customer has ordered.' },
    controller: createEventType,
  }),
  defineRoute({
    ...read,
    path: '/v1/event-types/{eventType}',
    summary: 'Read an event type',
    answer: EventType,
    controller: getEventType,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/v1/event-types/{eventType}',
    access: 'admin',
    tag,
    summary: 'Change an event type',
    body: EventTypeUpdate,
    status: 200,
    answer: EventType,
    example: { description: 'A customer has ordered and paid.' },
    controller: updateEventType,
  }),
  defineRoute({
    ...remove,
    path: '/v1/event-types/{eventType}',
    summary: 'Delete an event type and its schemas; its events stay',
    controller: deleteEventType,
  }),
  defineRoute({
    ...read,
    path: '/v1/event-types/{eventType}/schemas',
    summary: 'List the schemas of an event type, oldest version first',
    answer: EventSchemaList,
    controller: listEventSchemas,
  }),
  defineRoute({
    ...create,
    path: '/v1/event-types/{eventType}/schemas',
    summary: 'Add the next version of the schema',
    body: EventSchemaCreate,
    answer: EventSchema,
    example: { schema: { type: 'object', required: ['orderId'] } },
    controller: createEventSchema,
  }),
  defineRoute({
    method: 'POST',
    access: 'viewer',
    tag,
    path: '/v1/event-types/{eventType}/schemas/test',
    summary: 'Hold a payload, stored events and the newest version to a schema; nothing is saved',
    body: EventSchemaTest,
    status: 200,
    answer: EventSchemaTestResult,
    example: { schema: { type: 'object', required: ['orderId'] }, data: { orderId: 7 } },
    controller: testEventSchema,
  }),
  defineRoute({
    ...read,
    path: '/v1/event-types/{eventType}/schemas/{version}',
    summary: 'Read one version of the schema',
    answer: EventSchema,
    controller: getEventSchema,
  }),
  defineRoute({
    ...remove,
    path: '/v1/event-types/{eventType}/schemas/{version}',
    summary: 'Delete one version of the schema',
    controller: deleteEventSchema,
  }),
];
