import type { z } from 'zod';
import type { TransformTest } from '../../contract/tests.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Answer, Input } from '../exchange.ts';
import { checkMadeHeaders } from '../resources/check-made-headers.ts';
import { eventOfJson } from '../resources/event-of-json.ts';
import { toTransform } from '../resources/to-transform.ts';
import type { Services } from '../services.ts';

/** Runs a transform on any event, without sending anything. */
export async function testTransform(
  services: Services,
  { body }: Input<unknown, unknown, z.output<typeof TransformTest>>,
): Promise<Answer> {
  const transform = toTransform(body.transform);
  services.checkTransform(transform);
  const event = eventOfJson(body.event, services.clock.now());
  const result = await services.transformer.tryOut(transform, event);
  if (result.outcome === 'failed') throw failed(result);
  if (result.outcome === 'skip')
    return { status: 200, body: { body: null, headers: {}, path: null } };
  checkMadeHeaders(result.headers);
  const text = Buffer.from(result.body).toString('utf8');
  const headers = { 'content-type': result.contentType, ...result.headers };
  return { status: 200, body: { body: text, headers, path: result.path } };
}

function failed({ message, position }: { message: string; position: number | null }): GatewayError {
  const detail = position === null ? message : `${message} (at position ${position})`;
  return new GatewayError('invalid_transform', `The transform failed: ${detail}`, {
    faults: [{ pointer: '/transform', code: 'transform_failed', detail }],
  });
}
