import { GatewayError } from '../../domain/errors.ts';
import { isRefusal } from '../../ingest/incoming-event.ts';
import { readThirdParty } from '../../ingest/read-third-party.ts';
import type { Answer, Input } from '../exchange.ts';
import { credentialOf } from '../resources/credential-of.ts';
import { notFound } from '../resources/find-resource.ts';
import { traceparentOf } from '../resources/traceparent-of.ts';
import type { Services } from '../services.ts';

/** Takes a third party's webhook, once its signature has proved where it comes from. */
export async function ingestWebhook(
  services: Services,
  input: Input<{ sourceId: string }, unknown, Buffer>,
): Promise<Answer> {
  const source = services.catalog.source(input.params.sourceId);
  const verification = source?.body.verification;
  if (!verification || source.body.state !== 'active')
    return notFound('There is no active source here that takes signed webhooks.');
  const credential = credentialOf(source);
  const event = readThirdParty({
    verification: { ...verification, secret: services.sealer.open(verification.secret) },
    contentType: input.headers['content-type'],
    headers: input.headers,
    body: input.body,
    source: credential.defaultSource,
    nowMs: services.clock.now(),
    limits: services.settings.ingest,
  });
  const [result] = await services.acceptEvents({
    credential,
    mode: 'single',
    items: [event],
    partial: false,
    traceparent: traceparentOf(input.headers.traceparent),
  });
  if (!result || isRefusal(result))
    throw new GatewayError('internal', 'The event was neither taken nor refused.');
  return { status: 202, body: JSON.stringify(result), eventCount: 1 };
}
