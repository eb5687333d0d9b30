import type { IncomingMessage, ServerResponse } from 'node:http';
import { GatewayError } from '../domain/errors.ts';

/**
 * Reads a body up to `maxBytes`. Rejects with `body_too_large`, without reading, when the declared length is above, and while
 * reading when the body turns out to be.
 */
export function readBytes(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return Promise.reject(tooLarge(maxBytes));
  if (request.headers.expect !== undefined) response.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData);
      request.pause();
      reject(tooLarge(maxBytes));
    };
    request.on('data', onData);
    request.once('end', () => resolve(onlyOf(chunks) ?? Buffer.concat(chunks, length)));
    request.once('error', () => reject(brokenOff()));
    request.once('aborted', () => reject(brokenOff()));
  });
}

function onlyOf(chunks: readonly Buffer[]): Buffer | undefined {
  return chunks.length === 1 ? chunks[0] : undefined;
}

function tooLarge(maxBytes: number): GatewayError {
  return new GatewayError(
    'body_too_large',
    `The body may be at most ${maxBytes} bytes long; send less at a time.`,
  );
}

function brokenOff(): GatewayError {
  return new GatewayError('invalid_request', 'The request broke off before its body was complete.');
}
