import type { Clock } from '../domain/clock.ts';
import { formatMessage } from './messages.ts';

/** How a stream reaches its reader. */
export interface StreamTransport {
  /** Writes text. False: the reader lags behind, and says through `drained` when it has caught up. */
  send(chunk: string): boolean;
  /** The hub has said its last word. */
  end(): void;
}

/** The sending half of one open stream. */
export interface Connection {
  push(chunk: string): void;
  /** The transport can take more. */
  drained(): void;
  /** The reader has gone. */
  gone(): void;
  isOpen(): boolean;
  /** Resolves at once, or when the reader has caught up, or when the stream has ended. */
  whenReady(): Promise<void>;
  /** Drops a reader that has lagged for too long. */
  checkLag(): void;
  /** Ends the stream with a last message. */
  finish(reason: string): void;
}

const MAX_PENDING_CHARACTERS = 1024 * 1024;
const MAX_LAG_MS = 30_000;

/**
 * Sends to one reader and holds at most 1 Mi characters for it while it lags. A reader that lags further, or for more than 30
 * seconds, is dropped; it may connect again and resume.
 */
export function createConnection(
  transport: StreamTransport,
  clock: Clock,
  onEnd: () => void,
): Connection {
  let pending: string[] = [];
  let pendingCharacters = 0;
  let laggingSince: number | null = null;
  let isOpen = true;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  function end(last: string | null): void {
    if (!isOpen) return;
    isOpen = false;
    pending = [];
    if (last !== null) transport.send(last);
    transport.end();
    onEnd();
    wake();
  }

  function write(chunk: string): void {
    if (!transport.send(chunk)) laggingSince ??= clock.now();
  }

  function drained(): void {
    laggingSince = null;
    if (!isOpen) return;
    const chunk = pending.join('');
    pending = [];
    pendingCharacters = 0;
    if (chunk !== '') write(chunk);
    // The drained chunk may have filled the transport again; then the next drain wakes.
    if (!isLagging()) wake();
  }

  function isLagging(): boolean {
    return laggingSince !== null;
  }

  const tooSlow = () => end(formatMessage('closing', null, { reason: 'too_slow' }));

  return {
    drained,
    gone: () => end(null),
    push(chunk) {
      if (!isOpen) return;
      if (laggingSince === null) {
        write(chunk);
        return;
      }
      pendingCharacters += chunk.length;
      if (pendingCharacters > MAX_PENDING_CHARACTERS) tooSlow();
      else pending.push(chunk);
    },
    isOpen: () => isOpen,
    async whenReady() {
      if (!isOpen || laggingSince === null) return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    checkLag() {
      if (laggingSince !== null && clock.now() - laggingSince >= MAX_LAG_MS) tooSlow();
    },
    // Without a position: what is still pending is dropped, so the reader resumes after the last message it got.
    finish: (reason) => end(formatMessage('closing', null, { reason })),
  };
}
