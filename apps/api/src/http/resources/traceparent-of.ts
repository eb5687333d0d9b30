import { randomFillSync } from 'node:crypto';

// W3C Trace Context, section 3.2: version, trace id, parent id, flags; all zeros are invalid.
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const TRACE_ID_DIGITS = 32;
const DIGITS = TRACE_ID_DIGITS + 16;
const TRACES_A_POOL = 256;

const newTrace = createTraces();

/** The caller's trace context when it is valid, else the beginning of a new trace. */
export function traceparentOf(given: string | string[] | undefined): string {
  return typeof given === 'string' && TRACEPARENT.test(given) ? given : newTrace();
}

/** Draws random bytes many at a time: they would cost a system call for each trace. */
function createTraces(): () => string {
  const bytes = Buffer.alloc((DIGITS / 2) * TRACES_A_POOL);
  let digits = '';
  let offset = 0;
  return () => {
    if (offset === digits.length) {
      digits = randomFillSync(bytes).toString('hex');
      offset = 0;
    }
    const parentAt = offset + TRACE_ID_DIGITS;
    const traceId = digits.slice(offset, parentAt);
    offset += DIGITS;
    return `00-${traceId}-${digits.slice(parentAt, offset)}-01`;
  };
}
