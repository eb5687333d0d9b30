import { GatewayError } from '../domain/errors.ts';

const NEWLINE = 0x0a;

/**
 * The error for a body that is not JSON.
 * @param at offset of the first byte that does not fit
 * @param detail what was expected there, without a full stop
 */
export function malformedJson(
  bytes: Buffer,
  at: number,
  detail: string,
  code = 'malformed_json',
): GatewayError {
  let line = 1;
  let lineStart = 0;
  for (
    let found = bytes.indexOf(NEWLINE);
    found >= 0 && found < at;
    found = bytes.indexOf(NEWLINE, found + 1)
  ) {
    line += 1;
    lineStart = found + 1;
  }
  const column = bytes.toString('utf8', lineStart, at).length + 1;
  const place = `line ${line}, column ${column} (byte ${at})`;
  return new GatewayError('malformed_json', `The body is not valid JSON: ${detail} at ${place}.`, {
    faults: [{ pointer: '', code, detail: `${detail} at ${place}` }],
  });
}
