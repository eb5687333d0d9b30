/** The event type of every event of the suite. */
export const EVENT_TYPE = 'bench.order.created';
/** The CloudEvents `source` that batches name. */
export const EVENT_SOURCE = 'https://bench.example/shop';

const SEQUENCE_DIGITS = 10;
const TIME_DIGITS = 16;
const SEQUENCE_MARK = '"sequence":"';
const TIME_MARK = '"scheduledAt":"';

/** Makes the body of one request about 1 KB, like an order of a shop. */
const ORDER = JSON.stringify({
  customer: { id: 'cus_8812', name: 'Ada Example', email: 'ada@shop.example', tier: 'gold' },
  lines: Array.from({ length: 6 }, (_, index) => ({
    sku: `SKU-${1000 + index}`,
    title: 'Signal lamp, green, with mounting plate',
    quantity: index + 1,
    unitPriceCents: 1999 + index,
  })),
  note: 'Please ring twice. ÄÖÜ',
}).slice(1);

/** The payload of event number `sequence`; `scheduledAt` is when it was due to be sent, in monotonic µs. */
function makeData(sequence: number, scheduledAt: number): string {
  const number = String(sequence).padStart(SEQUENCE_DIGITS, '0');
  const time = String(scheduledAt).padStart(TIME_DIGITS, '0');
  return `{${SEQUENCE_MARK}${number}",${TIME_MARK}${time}",${ORDER}`;
}

/** One event in the plain form. */
export function makeSingleBody(sequence: number, scheduledAt: number): string {
  return `{"id":"bench-${sequence}","type":"${EVENT_TYPE}","data":${makeData(sequence, scheduledAt)}}`;
}

/** `count` CloudEvents as a JSON array. */
export function makeBatchBody(firstSequence: number, count: number, scheduledAt: number): string {
  const items = Array.from({ length: count }, (_, index) => {
    const sequence = firstSequence + index;
    return `{"specversion":"1.0","id":"bench-${sequence}","source":"${EVENT_SOURCE}","type":"${EVENT_TYPE}","data":${makeData(sequence, scheduledAt)}}`;
  });
  return `[${items.join(',')}]`;
}

/** Finds number and time in a delivered body, whatever shape is around the payload. Null: not one of ours. */
export function readDelivered(body: Buffer): { sequence: number; scheduledAt: number } | null {
  const sequenceAt = body.indexOf(SEQUENCE_MARK, 0, 'latin1');
  const timeAt = body.indexOf(TIME_MARK, sequenceAt, 'latin1');
  if (sequenceAt < 0 || timeAt < 0) return null;
  return {
    sequence: readDigits(body, sequenceAt + SEQUENCE_MARK.length, SEQUENCE_DIGITS),
    scheduledAt: readDigits(body, timeAt + TIME_MARK.length, TIME_DIGITS),
  };
}

function readDigits(body: Buffer, start: number, length: number): number {
  return Number(body.toString('latin1', start, start + length));
}
