import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../domain/clock.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_MS = 2000;

/**
 * Answers a request whose body was not read to its end. The answer goes out at once; what the client still sends is thrown
 * away for a moment before the connection closes, because closing on unread bytes resets it and may cost the client the answer.
 */
export function discardRest(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  clock: Clock,
): void {
  let discarded = 0;
  const finish = (): void => {
    cancel();
    request.off('data', onData);
    response.end();
  };
  const onData = (chunk: Buffer): void => {
    discarded += chunk.length;
    if (discarded > MOST_BYTES) finish();
  };
  const cancel = clock.after(LONGEST_MS, finish);
  response.once('close', cancel);
  response.write(body);
  if (request.complete || request.destroyed) {
    finish();
    return;
  }
  request.once('end', finish);
  request.on('data', onData);
  request.resume();
}
