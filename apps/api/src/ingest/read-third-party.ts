import { type Fault } from '../domain/errors.ts';
import { resolvePointer } from '../routing/resolve-pointer.ts';
import { buildEvent } from './build-event.ts';
import { addFault, checkAttributes } from './check-attributes.ts';
import { type IncomingEvent, type IngestLimits, type RequestHeaders } from './incoming-event.ts';
import { invalidEvent, refusalError } from './invalid-event.ts';
import { limitEventBody } from './limit-body.ts';
import { NO_PAYLOAD, readPayload } from './read-payload.ts';
import { verifySignature, type OpenVerification } from './verify-signature.ts';

export interface ThirdPartyRequest {
  verification: OpenVerification;
  contentType: string | undefined;
  headers: RequestHeaders;
  /** The body's bytes exactly as they came: that is what was signed. */
  body: Uint8Array;
  /** The source application's own URI. */
  source: string;
  /** Milliseconds since 1970. */
  nowMs: number;
  limits: IngestLimits;
}

/** Where each scheme keeps type and id, when the source names no other place. */
const PLACES: Record<OpenVerification['scheme'], { type: string | null; id: string | null }> = {
  'standard-webhooks': { type: '/type', id: 'webhook-id' },
  github: { type: 'x-github-event', id: 'x-github-delivery' },
  stripe: { type: '/type', id: '/id' },
  shopify: { type: 'x-shopify-topic', id: 'x-shopify-webhook-id' },
  hmac: { type: null, id: null },
};

/**
 * Reads a webhook of a third party that cannot hold a token of ours: checks its signature, then takes type and id from the header or JSON
 * pointer that the source names, or from where the scheme keeps them. The body is the data. Without an id one is made,
 * so that repeats cannot be told apart.
 * Throws `body_too_large`, `unauthenticated`, `malformed_json`, `invalid_event` when there is no type or it breaks the rules.
 */
export function readThirdParty(request: ThirdPartyRequest): IncomingEvent {
  const { verification, contentType, headers, body } = request;
  limitEventBody(body, request.limits);
  verifySignature(verification, request);
  const faults: Fault[] = [];
  const attributes = new Map([
    ['specversion', '1.0'],
    ['source', request.source],
  ]);
  if (contentType !== undefined) attributes.set('datacontenttype', contentType.trim());
  const payload = body.length === 0 ? NO_PAYLOAD : readPayload(body, contentType ?? null);
  const defaults = PLACES[verification.scheme];
  const typeFrom = verification.typeFrom ?? defaults.type;
  const idFrom = verification.idFrom ?? defaults.id;
  const type = find(typeFrom, headers, payload.parsedData);
  const id = find(idFrom, headers, payload.parsedData);
  if (type !== null) attributes.set('type', type);
  else addFault(faults, typeFrom ?? 'type', 'missing', typeMissing(typeFrom));
  if (id !== null) attributes.set('id', id);
  const places = new Map([
    ['type', typeFrom],
    ['id', idFrom],
    ['datacontenttype', 'content-type'],
  ]);
  const checked = checkAttributes(attributes, [], (name) => places.get(name) ?? name, faults);
  if (faults.length > 0) throw refusalError(invalidEvent(faults));
  return buildEvent(checked, payload);
}

function find(place: string | null, headers: RequestHeaders, parsedData: unknown): string | null {
  if (place === null) return null;
  const value = place.startsWith('/')
    ? resolvePointer(parsedData, place)
    : headers[place.toLowerCase()];
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}

function typeMissing(place: string | null): string {
  return place === null
    ? 'the source does not say where the event type is; set verification.typeFrom to a header or a JSON pointer'
    : `there is no event type at "${place}", where the source says it is`;
}
