import { headerFault } from '../../delivery/request-headers.ts';
import { GatewayError, type Fault } from '../../domain/errors.ts';
import { escapePointer } from '../../ingest/escape-pointer.ts';

/** Checks the headers that a transform made for one event as a delivery does. Throws `invalid_transform`. */
export function checkMadeHeaders(headers: Readonly<Record<string, string>>): void {
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const detail = headerFault(name, value);
    if (detail === null) continue;
    faults.push({
      pointer: `/transform/headers/${escapePointer(name)}`,
      code: 'forbidden_header',
      detail,
    });
  }
  if (faults.length === 0) return;
  const message = `The transform failed: ${faults.map(({ detail }) => detail).join(' ')}`;
  throw new GatewayError('invalid_transform', message, { faults });
}
