import { randomUUID } from 'node:crypto';

// W3C Trace Context, section 3.2: version, trace id, parent id, flags; all zeros are invalid.
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's trace context when it is valid, else the beginning of a new trace. */
export function traceparentOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && TRACEPARENT.test(given)) return given;
  // UUIDs come from a pool that Node fills ahead; random bytes would cost a system call each.
  const traceId = randomUUID().replaceAll('-', '');
  const parentId = randomUUID().replaceAll('-', '').slice(-16);
  return `00-${traceId}-${parentId}-01`;
}
