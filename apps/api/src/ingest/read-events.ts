import { GatewayError } from '../domain/errors.ts';
import {
  isRefusal,
  MAX_DATA_DEPTH,
  type IngestLimits,
  type ReadItem,
  type RequestHeaders,
} from './incoming-event.ts';
import { batchRefused, refusalError } from './invalid-event.ts';
import { JsonScanner } from './json-scanner.ts';
import { limitBatchBody, limitEventBody, withFloor } from './limit-body.ts';
import { mediaTypeOf } from './media-type.ts';
import { readBatch } from './read-batch.ts';
import { missingHeaders, readBinary } from './read-binary.ts';
import { readPlain } from './read-plain.ts';
import { readStructured } from './read-structured.ts';

export interface EventsRequest {
  contentType: string | undefined;
  headers: RequestHeaders;
  /** The body's bytes after content codings such as gzip were undone. */
  body: Uint8Array;
  /** What the plain form may leave out. */
  defaults: { source: string };
  /** True: a batch may be taken in part, its bad items are answered one by one. */
  partial: boolean;
  limits: IngestLimits;
}

export interface EventsRead {
  mode: 'single' | 'batch';
  /** Refusals only when the request is a batch and `partial` was asked for. */
  items: ReadItem[];
}

const BATCH = 'application/cloudevents-batch+json';
const STRUCTURED = 'application/cloudevents+json';
const PLAIN = 'application/json';

/**
 * Reads the events of a request in the mode that its content type and headers choose: a batch, a structured event, an event in
 * binary mode, the plain form. Follows CloudEvents 1.0 with its JSON format and HTTP binding.
 *
 * Throws `GatewayError` with `unsupported_media_type`, `body_too_large`, `malformed_json` (with the position) or `invalid_event` (faults
 * name the attribute by JSON pointer or header; in a batch the pointer begins with the index).
 */
export function readEvents(request: EventsRequest): EventsRead {
  const mediaType = mediaTypeOf(request.contentType);
  if (mediaType === BATCH) {
    limitBatchBody(request.body, request.limits);
    const items = readBatch(request.body, withFloor(request.limits));
    if (!request.partial) refuseBadBatch(items);
    return { mode: 'batch', items };
  }
  limitEventBody(request.body, request.limits);
  const item = readSingle(request, mediaType);
  if (isRefusal(item)) throw refusalError(item);
  return { mode: 'single', items: [item] };
}

function readSingle(request: EventsRequest, mediaType: string): ReadItem {
  const { body, headers, contentType } = request;
  if (mediaType === STRUCTURED) return readStructuredBody(body);
  if (mediaType.startsWith('application/cloudevents')) throw unsupportedFormat(mediaType);
  const missing = missingHeaders(headers);
  if (missing.length === 0) return readBinary(contentType, headers, body);
  if (mediaType === PLAIN) return readPlain(body, request.defaults.source);
  throw unsupportedMediaType(mediaType, missing);
}

function readStructuredBody(body: Uint8Array): ReadItem {
  const scanner = new JsonScanner(body, MAX_DATA_DEPTH + 1);
  const item = readStructured(scanner, '', 0);
  scanner.end();
  return item;
}

function refuseBadBatch(items: readonly ReadItem[]): void {
  const refusals = items.flatMap((item, index) =>
    isRefusal(item) ? [{ index, refusal: item }] : [],
  );
  if (refusals.length > 0) throw batchRefused(refusals, items.length);
}

function unsupportedFormat(mediaType: string): GatewayError {
  return new GatewayError(
    'unsupported_media_type',
    `"${mediaType}" is not a CloudEvents format that is read here; send ${STRUCTURED} or ${BATCH}.`,
  );
}

function unsupportedMediaType(mediaType: string, missing: readonly string[]): GatewayError {
  const what = mediaType === '' ? 'No Content-Type was sent' : `"${mediaType}" is not read here`;
  const hint =
    missing.length < 4
      ? ` To send an event in binary mode, add the missing headers: ${missing.join(', ')}.`
      : '';
  return new GatewayError(
    'unsupported_media_type',
    `${what}; send ${PLAIN}, ${STRUCTURED} or ${BATCH}, or any type with ce-id, ce-source, ce-specversion and ce-type headers.${hint}`,
  );
}
