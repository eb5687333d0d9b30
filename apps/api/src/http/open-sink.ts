import type { ServerResponse } from 'node:http';
import type { StreamSink } from './exchange.ts';

/** A response as a sink of text. */
export function openSink(response: ServerResponse): StreamSink {
  return {
    send: (chunk) => !response.destroyed && !response.writableEnded && response.write(chunk),
    onDrain: (listener) => void response.on('drain', listener),
    onClose: (listener) => void response.once('close', listener),
    end: () => void response.end(),
  };
}
