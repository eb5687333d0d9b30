import type { z } from 'zod';
import type { AcceptQuery } from '../../contract/events.ts';
import { GatewayError } from '../../domain/errors.ts';
import { isRefusal } from '../../ingest/incoming-event.ts';
import { readEvents } from '../../ingest/read-events.ts';
import type { Answer, Input } from '../exchange.ts';
import { credentialOf } from '../resources/credential-of.ts';
import { traceparentOf } from '../resources/traceparent-of.ts';
import type { Services } from '../services.ts';
import { batchAnswer } from './batch-answer.ts';

/** Takes events in, in any of the four forms. It answers after the commit. */
export async function acceptEvents(
  services: Services,
  input: Input<unknown, z.output<typeof AcceptQuery>, Buffer>,
): Promise<Answer> {
  const { catalog, settings } = services;
  const source = input.principal && catalog.source(input.principal.id);
  if (!source) throw new GatewayError('unauthenticated', 'This source does not exist any more.');
  const credential = credentialOf(source);
  const partial = input.query.partial ?? false;
  const { mode, items } = readEvents({
    contentType: input.headers['content-type'],
    headers: input.headers,
    body: input.body,
    defaults: { source: credential.defaultSource },
    partial,
    limits: settings.ingest,
  });
  const traceparent = traceparentOf(input.headers.traceparent);
  const results = await services.acceptEvents({ credential, mode, items, partial, traceparent });
  if (mode === 'batch') return batchAnswer(results);
  const [result] = results;
  if (!result || isRefusal(result))
    throw new Error('A single event was neither taken nor refused.');
  return { status: 202, body: JSON.stringify(result), eventCount: 1 };
}
