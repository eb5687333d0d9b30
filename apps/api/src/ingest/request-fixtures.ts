import { GatewayError } from '../domain/errors.ts';
import { DEFAULT_INGEST_LIMITS, isRefusal, type IncomingEvent } from './incoming-event.ts';
import { readEvents, type EventsRequest } from './read-events.ts';

// What the tests of reading share.
export const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
export const CORE = { specversion: '1.0', id: 'A1', source: '/shop', type: 'order.created' };
export const HEADERS = {
  'ce-specversion': '1.0',
  'ce-id': 'A1',
  'ce-source': '/shop',
  'ce-type': 'a.b',
};

export type Input = Partial<Omit<EventsRequest, 'body'>> & { body?: string | Uint8Array };

/** Reads one request of a test; what is not given is empty. */
export function read(input: Input) {
  const body = input.body ?? '';
  return readEvents({
    contentType: undefined,
    headers: {},
    defaults: { source: '/sources/src_1' },
    partial: false,
    limits: DEFAULT_INGEST_LIMITS,
    ...input,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
}

/** As `read`, for a request that must hold exactly one good event. */
export function readOne(input: Input): IncomingEvent {
  const { mode, items } = read(input);
  const [item] = items;
  if (mode !== 'single' || !item || isRefusal(item)) throw new Error('expected one event');
  return item;
}

/** A structured event with these members besides the required ones; `raw` is JSON text of more members. */
export function structured(members: object, raw = ''): Input {
  const text = JSON.stringify({ ...CORE, ...members });
  return { contentType: STRUCTURED, body: raw === '' ? text : `${text.slice(0, -1)},${raw}}` };
}

/** An event in the plain form. */
export function plain(members: object): Input {
  return { contentType: 'application/json', body: JSON.stringify(members) };
}

/** An event in binary mode with these headers besides the required ones. */
export function binary(
  headers: Record<string, string | string[]>,
  body = '',
  contentType?: string,
): Input {
  return { contentType, headers: { ...HEADERS, ...headers }, body };
}

/** The error that a request is refused with. */
export function failure(input: Input): GatewayError {
  try {
    read(input);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('expected a GatewayError');
}

/** Pointer and code of each fault of a request that is refused as an invalid event. */
export function faultsOf(input: Input): [string, string][] {
  const error = failure(input);
  if (error.code !== 'invalid_event') throw error;
  return error.faults.map(({ pointer, code }) => [pointer, code]);
}

/** The payload as text. */
export function text(event: IncomingEvent): string | null {
  return event.data && Buffer.from(event.data).toString('utf8');
}
