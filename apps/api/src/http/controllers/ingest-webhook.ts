import { GatewayError } from '../../domain/errors.ts';
import { isRefusal, type IncomingEvent } from '../../ingest/incoming-event.ts';
import { readThirdParty, type ThirdPartyRequest } from '../../ingest/read-third-party.ts';
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
  const { sourceId } = input.params;
  const source = findOpen(services, sourceId) ?? (await findOpenInStore(services, sourceId));
  const verification = source?.body.verification;
  if (!verification) return notFound('There is no active source here that takes signed webhooks.');
  const credential = credentialOf(source);
  const event = readSigned(services, input, {
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

function findOpen({ catalog }: Pick<Services, 'catalog'>, id: string) {
  const source = catalog.source(id);
  return source?.body.state === 'active' && source.body.verification ? source : null;
}

/** It may have been opened through another process, a moment ago. */
async function findOpenInStore(services: Pick<Services, 'catalog'>, id: string) {
  await services.catalog.refresh().catch(() => undefined);
  return findOpen(services, id);
}

function readSigned(
  services: Services,
  { params, address }: Input<{ sourceId: string }>,
  request: ThirdPartyRequest,
): IncomingEvent {
  try {
    return readThirdParty(request);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'unauthenticated')
      services.reportSecurityEvent({
        code: 'invalid_signature',
        subjectId: params.sourceId,
        address,
      });
    throw error;
  }
}
