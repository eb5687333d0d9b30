import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './exchange.ts';
import { openSink } from './open-sink.ts';

const JSON_TYPE = 'application/json';

/** Writes an answer; while the gateway drains, the connection is closed after it. */
export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  isDraining: boolean,
): void {
  response.statusCode = answer.status;
  if (answer.headers)
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (isDraining) response.setHeader('connection', 'close');
  if (answer.stream) {
    response.flushHeaders();
    answer.stream(openSink(response));
    return;
  }
  if (answer.body === undefined) {
    response.end();
    return;
  }
  const body = bytesOf(answer.body);
  if (!response.hasHeader('content-type')) response.setHeader('content-type', JSON_TYPE);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(request.method === 'HEAD' ? undefined : body);
}

function bytesOf(body: unknown): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
}
