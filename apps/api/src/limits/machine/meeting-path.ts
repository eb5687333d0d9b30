import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Linux takes 107 bytes, macOS 103; the host needs some for a name of its own.
const LONGEST_BYTES = 90;

/** Where the processes that share a file or folder meet: beside it, or in the system's folder for temporary files when that path is too long. */
export function meetingPath(place: string): string {
  const path = `${place}.limits`;
  if (Buffer.byteLength(path) <= LONGEST_BYTES) return path;
  const name = createHash('sha256').update(place).digest('hex').slice(0, 32);
  return join(tmpdir(), `signalbox-${name}.limits`);
}
