import type { AttemptRequest, Delivery } from '../domain/delivery.ts';
import type { EventRecord } from '../domain/event.ts';
import type { Resource, Sealed, TargetBody } from '../domain/resources.ts';
import { appendPath } from './append-path.ts';
import { openClientTls, type ClientTls } from './client-tls.ts';
import { createKeyring } from './keyring.ts';
import { openOAuth2Client, type OAuth2Client } from './oauth2-client.ts';
import type { Rendered, RenderFormat, Transformer } from './ports.ts';
import {
  headerFault,
  MASKED_AUTHORIZATION,
  maskHeaders,
  staticHeaders,
  type StaticHeaders,
} from './request-headers.ts';
import type { SendRequest } from './send-types.ts';
import { sign } from './sign.ts';

/** A request ready to leave, and what is kept of it. */
type Prepared =
  | { outcome: 'ready'; send: SendRequest; record: AttemptRequest }
  | { outcome: 'skipped' }
  | {
      outcome: 'failed';
      errorKind: 'transform_failed' | 'target_auth' | 'internal';
      error: string;
      /** No repeat can help. */
      isFinal?: boolean;
    };

export type PrepareRequest = (
  delivery: Pick<Delivery, 'eventId' | 'attemptCount' | 'replayId'>,
  event: EventRecord,
  target: Resource<'target'>,
  /** Null: the target's format. */
  subscription: Resource<'subscription'> | null,
  now: number,
) => Promise<Prepared>;

interface PreparedTarget {
  url: URL;
  static: StaticHeaders;
  tls: ClientTls | null;
  oauth2: OAuth2Client | null;
}

/**
 * Makes the request of an attempt: renders or transforms the event, signs it, puts the headers together. Faults are data.
 * `now` is in milliseconds since 1970.
 */
export function createPrepareRequest(deps: {
  renderFormat: RenderFormat;
  transformer: Transformer;
  openSecret: (sealed: Sealed) => string;
  version: string;
}): PrepareRequest {
  const keysOf = createKeyring(deps.openSecret);
  const targets = new WeakMap<TargetBody, PreparedTarget>();

  function prepareTarget(target: Resource<'target'>): PreparedTarget {
    const { body } = target;
    let prepared = targets.get(body);
    if (!prepared) {
      prepared = {
        url: new URL(body.url),
        static: staticHeaders(body, `Signalbox/${deps.version}`, deps.openSecret),
        tls: openClientTls(body.tls, deps.openSecret),
        oauth2: openOAuth2Client(target, deps.openSecret),
      };
      targets.set(body, prepared);
    }
    return prepared;
  }

  async function render(
    event: EventRecord,
    target: TargetBody,
    subscription: Resource<'subscription'> | null,
  ): Promise<(Rendered & { path: string | null }) | Exclude<Prepared, { outcome: 'ready' }>> {
    const transform = subscription?.body.transform ?? null;
    if (!subscription || !transform)
      return { ...deps.renderFormat(event, target.format), path: null };
    const result = await deps.transformer.run(subscription.id, transform, event);
    if (result.outcome === 'skip') return { outcome: 'skipped' };
    if (result.outcome === 'ok') return result.path === null ? { ...result } : result;
    const position = result.position === null ? '' : ` (at position ${result.position})`;
    return failed(`${result.message}${position}`);
  }

  return async (delivery, event, target, subscription, now) => {
    try {
      const rendered = await render(event, target.body, subscription);
      if (!('body' in rendered)) return rendered;
      const prepared = prepareTarget(target);
      const url = rendered.path === null ? prepared.url : appendPath(prepared.url, rendered.path);
      if (!url) return failed(`The path "${rendered.path ?? ''}" leads out of the target's URL.`);
      const fault = headerFaultOf(rendered.headers) ?? contentTypeFault(rendered.contentType);
      if (fault !== null) return failed(fault);
      const authFault = headerFaultOf(prepared.static.auth);
      if (authFault !== null)
        return { outcome: 'failed', errorKind: 'target_auth', error: authFault, isFinal: true };
      const timestampSeconds = Math.floor(now / 1000);
      const message = { id: delivery.eventId, timestampSeconds, body: rendered.body };
      const headers: Record<string, string> = { ...prepared.static.headers };
      for (const [name, value] of Object.entries(rendered.headers))
        headers[name.toLowerCase()] = value;
      if (rendered.contentType !== null) headers['content-type'] = rendered.contentType;
      headers['webhook-id'] = message.id;
      headers['webhook-timestamp'] = String(timestampSeconds);
      headers['webhook-signature'] = sign(message, keysOf(target.body, now));
      headers['webhook-attempt'] = String(delivery.attemptCount + 1);
      headers['traceparent'] = event.traceparent;
      if (delivery.replayId !== null) headers['webhook-replay'] = delivery.replayId;
      Object.assign(headers, prepared.static.auth);
      return ready({ url, headers, rendered, target, subscription, prepared });
    } catch (error) {
      return {
        outcome: 'failed',
        errorKind: 'internal',
        error: `The request could not be made: ${String(error)}`,
      };
    }
  };
}

function failed(error: string): Prepared & { outcome: 'failed' } {
  return { outcome: 'failed', errorKind: 'transform_failed', error };
}

function headerFaultOf(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    const fault = headerFault(name, value);
    if (fault !== null) return fault;
  }
  return null;
}

function contentTypeFault(contentType: string | null): string | null {
  return contentType === null || /^[\x20-\x7e]*$/.test(contentType)
    ? null
    : "The event's content type holds characters that cannot be sent.";
}

function ready(parts: {
  url: URL;
  headers: Record<string, string>;
  rendered: Rendered;
  target: Resource<'target'>;
  subscription: Resource<'subscription'> | null;
  prepared: PreparedTarget;
}): Prepared {
  const { url, headers, rendered, target } = parts;
  const { tls, oauth2 } = parts.prepared;
  const { method, timeoutMs, maxConcurrency, format } = target.body;
  const isTransformed = Boolean(parts.subscription?.body.transform);
  return {
    outcome: 'ready',
    send: {
      poolKey: target.id,
      maxConnections: maxConcurrency,
      method,
      url,
      headers,
      body: rendered.body,
      timeoutMs,
      tls,
      oauth2,
    },
    record: {
      method,
      url: url.href,
      headers: {
        ...maskHeaders(headers, parts.prepared.static.auth),
        ...(oauth2 && MASKED_AUTHORIZATION),
      },
      body: isTransformed ? rendered.body : null,
      format: isTransformed ? null : format,
    },
  };
}
