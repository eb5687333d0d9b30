import { createParser } from 'eventsource-parser';
import type { LiveStatus } from './live-slice.ts';
import type { StreamMessage } from './stream-messages.ts';
import { NotRenewed, type TokenHolder } from './token-holder.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** The gateway sends `stats` every second and a comment every 15; past this the connection is taken for dead. */
const SILENCE_MS = 20_000;
const FLUSH_MS = 80;

export interface LiveStreamParts {
  fetch: typeof fetch;
  tokens: Pick<TokenHolder, 'accessToken' | 'refresh'>;
  onStatus: (status: LiveStatus, fault?: string) => void;
  /** Called with all messages that came in one moment, so that a busy stream draws the screen once. */
  onMessages: (messages: StreamMessage[]) => void;
  /** 0–1, for the jitter of the waits. */
  random: () => number;
}
export interface LiveStream {
  start(): void;
  /** Ends the connection but keeps the position, so that `start` goes on without a gap. */
  pause(): void;
  /** Ends the connection and forgets the position. */
  stop(): void;
}

/** Why the gateway ended a stream, in words; what it may say is in the contract of the stream. */
const CLOSED_BECAUSE: Readonly<Record<string, string>> = {
  signed_out: 'the session had to be renewed',
  shutdown: 'the gateway restarts',
  interrupted: 'the gateway could not go on',
  too_many_streams: 'too many dashboards are open at once',
  too_slow: 'this browser could not keep up',
};

class SilenceError extends Error {}

/** How a connection ended. */
interface End {
  fault: string;
  /** The session was renewed: no need to wait before the next try. */
  isRenewed?: boolean;
}

/** How long to wait before try number `failures` (1, 2 …) in milliseconds: doubles up to 15 s, ±25 %. */
export function backOffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return Math.round(full * (0.75 + random * 0.5));
}

/** One connection a tab to `GET /v1/stream`, by fetch so that the bearer header can be sent; resumed after a drop. */
export function createLiveStream(parts: LiveStreamParts): LiveStream {
  let lastEventId: string | null = null;
  let running: AbortController | null = null;

  async function connect(signal: AbortSignal, cameAlive: () => void): Promise<End> {
    const headers = new Headers({ Accept: 'text/event-stream' });
    const token = parts.tokens.accessToken();
    if (token !== null) headers.set('Authorization', `Bearer ${token}`);
    if (lastEventId !== null) headers.set('Last-Event-ID', lastEventId);
    // Each browser has words of its own for this, and none of them helps.
    const response = await parts
      .fetch('/v1/stream', { headers, signal, cache: 'no-store' })
      .catch(() => null);
    if (response === null) return { fault: 'the gateway cannot be reached' };
    if (response.status === 401) {
      await parts.tokens.refresh();
      return { fault: 'the session had to be renewed' };
    }
    if (!response.ok || response.body === null) {
      return { fault: `the gateway answered ${response.status}` };
    }
    // What happened between the first reads and this moment is in neither: read again.
    if (lastEventId === null) parts.onMessages([{ name: 'reset', data: { reason: 'opened' } }]);
    let isAlive = false;
    const reason = await readStream(response.body, signal, () => {
      if (!isAlive) cameAlive();
      isAlive = true;
    });
    if (reason === null) return { fault: 'the gateway closed the stream' };
    const fault = CLOSED_BECAUSE[reason] ?? `the gateway closed the stream: ${reason}`;
    // A stream that lived until the token ran out goes on at once; one that was refused has to wait.
    const isRenewed = reason === 'signed_out' && (await parts.tokens.refresh()) !== null;
    return { fault, isRenewed: isRenewed && isAlive };
  }

  /** Hands on what comes until the end of the stream. The reason that the gateway gave for it, or null. */
  async function readStream(
    body: ReadableStream<Uint8Array>,
    signal: AbortSignal,
    onAlive: () => void,
  ): Promise<string | null> {
    const batch = createBatch(parts.onMessages);
    let reason: string | null = null;
    const parser = createParser({
      onEvent(event) {
        if (event.id !== undefined) lastEventId = event.id;
        const message = readMessage(event.event, event.data);
        if (message?.name === 'closing') {
          reason = message.data.reason;
        } else if (message !== null) {
          onAlive();
          batch.add(message);
        }
      },
    });
    const reader = body.getReader();
    const decoder = new TextDecoder();
    try {
      while (!signal.aborted) {
        const { done, value } = await withTimeout(reader.read(), SILENCE_MS);
        if (done) return reason;
        parser.feed(decoder.decode(value, { stream: true }));
      }
      return reason;
    } finally {
      batch.flush();
      await reader.cancel().catch(() => undefined);
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    parts.onStatus('connecting');
    while (!signal.aborted) {
      const { fault, isRenewed } = await connect(signal, () => {
        failures = 0;
        parts.onStatus('live');
      }).catch((error: unknown): End => ({
        fault: faultOf(error),
      }));
      if (isAborted(signal)) return;
      if (isRenewed === true) continue;
      failures += 1;
      parts.onStatus('reconnecting', fault);
      await wait(backOffMs(failures, parts.random()), signal);
    }
  }

  function end(): void {
    running?.abort();
    running = null;
  }

  return {
    start() {
      if (running !== null) return;
      running = new AbortController();
      void run(running.signal);
    },
    pause() {
      end();
      parts.onStatus('paused');
    },
    stop() {
      end();
      lastEventId = null;
      parts.onStatus('off');
    },
  };
}

function faultOf(error: unknown): string {
  if (error instanceof NotRenewed) return 'the session could not be renewed';
  return error instanceof SilenceError ? 'the stream fell silent' : 'the connection was lost';
}

/** Asked anew after each wait: the compiler takes a property for unchanged across `await`. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function readMessage(name: string | undefined, data: string): StreamMessage | null {
  try {
    return { name: name ?? 'message', data: JSON.parse(data) as unknown } as StreamMessage;
  } catch {
    return null;
  }
}

function createBatch(onMessages: (messages: StreamMessage[]) => void) {
  let waiting: StreamMessage[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const messages = waiting;
    waiting = [];
    onMessages(messages);
  };
  return {
    add(message: StreamMessage) {
      waiting.push(message);
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    flush,
  };
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SilenceError());
    }, timeoutMs);
  });
  return Promise.race([work, silence]).finally(() => {
    clearTimeout(timer);
  });
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
