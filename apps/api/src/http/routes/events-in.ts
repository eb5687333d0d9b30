import { Accepted, AcceptedBatch, AcceptQuery } from '../../contract/events.ts';
import { acceptEvents } from '../controllers/accept-events.ts';
import { ingestWebhook } from '../controllers/ingest-webhook.ts';
import { defineRoute } from '../define-route.ts';
import { z } from 'zod';

const tag = 'Events in';
const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value), 'must be bytes');

export const EVENTS_IN_ROUTES = [
  defineRoute({
    method: 'POST',
    path: '/v1/events',
    access: 'source',
    limit: 'source',
    tag,
    summary: 'Send one event or a batch',
    description:
      'Reads, by content type: a CloudEvents batch (`application/cloudevents-batch+json`), a structured CloudEvent (`application/cloudevents+json`), ' +
      'a CloudEvent in binary mode (`ce-` headers), or the plain form (`application/json`). 202 is sent after the event is on disk.',
    query: AcceptQuery,
    body: bytes,
    bodyKind: 'raw',
    bodyLimit: 'events',
    status: 202,
    answer: Accepted,
    otherAnswers: { 207: AcceptedBatch },
    example: { type: 'order.created', data: { orderId: 'A-1001', total: 42.5 } },
    controller: acceptEvents,
  }),
  defineRoute({
    method: 'POST',
    path: '/v1/ingest/{sourceId}',
    access: 'public',
    limit: 'ingest',
    tag,
    summary: "Take a third party's signed webhook",
    description:
      'The signature is checked by the scheme and secret of the source; without a valid one nothing is stored.',
    body: bytes,
    bodyKind: 'raw',
    bodyLimit: 'events',
    // Third parties send no such key, and an unsigned one must not reserve anything.
    idempotent: false,
    status: 202,
    answer: Accepted,
    controller: ingestWebhook,
  }),
];
