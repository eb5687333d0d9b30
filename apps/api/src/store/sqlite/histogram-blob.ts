/*
 * A histogram as it is kept in a row: only the buckets in use, five bytes each (bucket, 32-bit count).
 */

const ENTRY_BYTES = 5;

export function writeHistogram(histogram: ReadonlyMap<number, number>): Buffer {
  const blob = Buffer.alloc(histogram.size * ENTRY_BYTES);
  let offset = 0;
  for (const [bucket, count] of histogram) {
    blob.writeUInt8(bucket, offset);
    blob.writeUInt32LE(count, offset + 1);
    offset += ENTRY_BYTES;
  }
  return blob;
}

export function readHistogram(blob: Buffer): Map<number, number> {
  const histogram = new Map<number, number>();
  for (let offset = 0; offset < blob.length; offset += ENTRY_BYTES) {
    histogram.set(blob.readUInt8(offset), blob.readUInt32LE(offset + 1));
  }
  return histogram;
}
