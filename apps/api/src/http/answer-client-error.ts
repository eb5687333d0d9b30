import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { GatewayError } from '../domain/errors.ts';
import { toProblem } from './problem.ts';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what node:http could not read as a request, then closes. */
export function answerClientError(
  error: Error & { code?: string },
  socket: Duplex,
  requestId: string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const message = 'This is not a readable HTTP request, or it came too slowly.';
  const problem = toProblem(new GatewayError('invalid_request', message), requestId);
  const status = STATUS_BY_CODE[error.code ?? ''] ?? problem.status;
  const body = JSON.stringify({ ...problem.body, status });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      `content-type: application/problem+json\r\nx-request-id: ${requestId}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
