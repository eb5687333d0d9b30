import type { Handler } from '../handler.ts';
import { GatewayError } from '../../domain/errors.ts';
import { isJsonMediaType, mediaTypeOf } from '../../ingest/media-type.ts';
import type { Route } from '../define-route.ts';
import { parseJson } from '../parse-json.ts';
import { readBytes } from '../read-bytes.ts';
import type { Services } from '../services.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Reads the body as the route wants it. Rejects with `body_too_large`, `unsupported_media_type` or `malformed_json`. */
export function createReadBody(
  services: Pick<Services, 'settings'>,
  route: Pick<Route, 'bodyKind' | 'bodyLimit' | 'method'>,
): Handler {
  const { settings } = services;
  const maxBytes =
    route.bodyLimit === 'events'
      ? Math.max(settings.ingest.maxBatchBytes, settings.ingest.maxEventBytes)
      : settings.maxBodyBytes;
  if (route.method === 'GET' || route.method === 'DELETE')
    return (_request, _response, next) => next();

  return async (request, response, next) => {
    const { exchange, headers } = request;
    refuseCoding(headers['content-encoding']);
    if (route.bodyKind === 'json' || route.bodyKind === 'form')
      refuseType(headers['content-type'], route.bodyKind);
    try {
      exchange.rawBody = await readBytes(request, response, maxBytes);
    } catch (error) {
      exchange.bodyUnread = true;
      throw error;
    }
    exchange.body = parseBody(route.bodyKind, exchange.rawBody);
    next();
  };
}

function parseBody(kind: Route['bodyKind'], bytes: Buffer): unknown {
  switch (kind) {
    case 'json':
      return parseJson(bytes);
    case 'form':
      return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
    case 'raw':
      return bytes;
    case 'none':
      return undefined;
  }
}

function refuseCoding(coding: string | undefined): void {
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw new GatewayError(
      'unsupported_media_type',
      `Bodies are read uncompressed; leave out Content-Encoding: ${coding}.`,
    );
}

function refuseType(contentType: string | undefined, kind: 'json' | 'form'): void {
  const isFit =
    kind === 'json' ? isJsonMediaType(contentType ?? '') : mediaTypeOf(contentType) === FORM;
  if (isFit) return;
  const given =
    contentType === undefined ? 'No Content-Type was sent' : `"${contentType}" is not read here`;
  throw new GatewayError(
    'unsupported_media_type',
    `${given}; send ${kind === 'json' ? 'application/json' : FORM}.`,
  );
}
