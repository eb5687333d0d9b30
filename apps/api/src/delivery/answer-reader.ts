import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

const KEPT_BYTES = 16 * 1024;
/** So much more is read and thrown away to save the connection; past it the connection is given up instead. */
const DISCARDED_BYTES = 256 * 1024;

export type ReadResult = { answer: ReadAnswer } | { error: Error };

/** What was read of an answer. */
interface ReadAnswer {
  statusCode: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
  truncated: boolean;
}

const EMPTY = new Uint8Array(0);

class AnswerLongEnough extends Error {}

/**
 * Reads one answer: keeps the first 16 KiB, discards some more, and calls `done` exactly once. After `cancel` nothing
 * is called any more, and a request that has not left yet never leaves.
 */
export class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #done: (result: ReadResult) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #ended = false;
  #statusCode = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #sizeBytes = 0;

  constructor(done: (result: ReadResult) => void) {
    this.#done = done;
  }

  cancel(reason: Error): void {
    this.#ended = true;
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended) controller.abort(new Error('The request was given up before it was sent.'));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#statusCode = statusCode;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const missing = KEPT_BYTES - this.#sizeBytes;
    // Copied, since a chunk may be a window on a much larger buffer.
    if (missing > 0) this.#chunks.push(Buffer.from(chunk.subarray(0, missing)));
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes > KEPT_BYTES + DISCARDED_BYTES) {
      this.#finish();
      controller.abort(new AnswerLongEnough());
    }
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#done({ error });
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    const statusCode = this.#statusCode;
    const headers = this.#headers;
    const truncated = this.#sizeBytes > KEPT_BYTES;
    this.#done({ answer: { statusCode, headers, body: this.#body(), truncated } });
  }

  #body(): Uint8Array {
    const [first, second] = this.#chunks;
    if (first === undefined) return EMPTY;
    return second === undefined ? first : Buffer.concat(this.#chunks);
  }
}
