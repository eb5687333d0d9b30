import { GatewayError } from '../domain/errors.ts';
import { JsonScanner } from '../ingest/json-scanner.ts';

/** How deep the JSON of a call may nest. */
const MAX_DEPTH = 64;

/** Parses a body. Throws `malformed_json` with the position of the fault, also when it nests too deep. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0)
    throw new GatewayError('malformed_json', 'The body is empty; send a JSON object.');
  const scanner = new JsonScanner(bytes, MAX_DEPTH);
  const { start, end } = scanner.value(0);
  scanner.end();
  return JSON.parse(bytes.toString('utf8', start, end));
}
