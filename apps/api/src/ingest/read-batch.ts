import { GatewayError } from '../domain/errors.ts';
import { MAX_DATA_DEPTH, type IngestLimits, type ReadItem } from './incoming-event.ts';
import { invalidEvent, refusalError } from './invalid-event.ts';
import { JsonScanner } from './json-scanner.ts';
import { readStructured } from './read-structured.ts';

const OPEN_ARRAY = 0x5b;

/**
 * Reads a batch of the CloudEvents JSON format 1.0: an array of events, which may be empty.
 * @returns one item for each element, in order
 * Throws `malformed_json`, `invalid_event` when the body is no array, `body_too_large` when it holds too many events.
 */
export function readBatch(body: Uint8Array, limits: IngestLimits): ReadItem[] {
  const scanner = new JsonScanner(body, MAX_DATA_DEPTH + 2);
  if (scanner.peek() !== OPEN_ARRAY) {
    scanner.value(0);
    scanner.end();
    const detail = 'a batch must be an array of events';
    throw refusalError(invalidEvent([{ pointer: '', code: 'not_an_array', detail }]));
  }
  const items: ReadItem[] = [];
  scanner.elements((index) => {
    if (index >= limits.maxBatchEvents) {
      throw new GatewayError(
        'body_too_large',
        `A batch may hold at most ${limits.maxBatchEvents} events; send the rest in another one.`,
      );
    }
    scanner.peek();
    const start = scanner.position;
    const item = readStructured(scanner, `/${index}`, 1);
    const sizeBytes = scanner.position - start;
    items.push(sizeBytes > limits.maxEventBytes ? tooLarge(index, sizeBytes, limits) : item);
  });
  scanner.end();
  return items;
}

function tooLarge(index: number, sizeBytes: number, limits: IngestLimits): ReadItem {
  const detail = `the event is ${sizeBytes} bytes long; at most ${limits.maxEventBytes} are accepted`;
  return invalidEvent([{ pointer: `/${index}`, code: 'too_large', detail }]);
}
