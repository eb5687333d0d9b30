import { GatewayError } from '../../domain/errors.ts';
import { createCommitPace } from '../commit-pace.ts';
import type { SentBatch, SentCommand, WriteCommands, WriteKind } from './commands.ts';
import { toError } from './failures.ts';
import type { WriteReport } from './writer.ts';

/** Under load; see `createCommitPace`. */
const BETWEEN_COMMITS_MS = 3;

/** How much may wait for the writer. */
export interface QueueLimits {
  commands: number;
  bytes: number;
}

/** What a command weighs besides its payload: its tuple, its promise. */
const COMMAND_BYTES = 512;
/** The share of the queue that is left to work under way (outcomes, leases) when new events have filled the rest. */
const RESERVED_SHARE = 0.25;

const UNDER_WAY: ReadonlySet<WriteKind> = new Set<WriteKind>([
  'settle',
  'release',
  'heartbeat',
  'takeOver',
  'releaseJob',
  'finishIdempotent',
]);

interface Waiting {
  command: SentCommand;
  blobs: readonly Uint8Array[];
  sizeBytes: number;
  resolve: (output: unknown) => void;
  reject: (error: GatewayError) => void;
}

export interface WriteQueue {
  /**
   * Asks for a command. Its blobs are copied while it waits, so they must not be changed.
   * @throws GatewayError (as a rejection) `overloaded` when the queue is full
   */
  write: <K extends WriteKind>(
    kind: K,
    input: WriteCommands[K]['input'],
    blobs?: readonly Uint8Array[],
  ) => Promise<WriteCommands[K]['output']>;
  /** Takes the writer's report of the batch under way. */
  finish(report: WriteReport): void;
  /** Rejects everything, now and later. */
  fail(error: GatewayError): void;
  /** Resolves when nothing waits any more. Further writes are rejected. */
  drain(): Promise<void>;
}

/**
 * Group commit: while the writer commits one batch, and until the next is due, commands gather here and go over whole.
 * @param send hands a batch to the writer
 */
export function createWriteQueue(
  limits: QueueLimits,
  now: () => number,
  send: (batch: SentBatch, transfer: readonly ArrayBuffer[]) => void,
): WriteQueue {
  let waiting: Waiting[] = [];
  let underWay: Waiting[] | null = null;
  let waitingBytes = 0;
  let underWayBytes = 0;
  const pace = createCommitPace(BETWEEN_COMMITS_MS);
  let closedBy: GatewayError | null = null;
  let onEmpty: (() => void) | null = null;

  function isFull(kind: WriteKind, sizeBytes: number): boolean {
    const share = UNDER_WAY.has(kind) ? 1 : 1 - RESERVED_SHARE;
    const count = waiting.length + (underWay?.length ?? 0);
    const bytes = waitingBytes + underWayBytes;
    // A lone command is let through whatever its size, or it could never be written.
    return (
      count > 0 && (count >= limits.commands * share || bytes + sizeBytes > limits.bytes * share)
    );
  }

  function flush(): void {
    if (underWay || waiting.length === 0) return;
    pace.begin(waiting.length);
    underWay = waiting;
    underWayBytes = waitingBytes;
    waiting = [];
    waitingBytes = 0;
    const bytes = packBlobs(underWay);
    const commands = JSON.stringify(underWay.map((one) => one.command));
    send({ now: now(), commands, bytes }, [bytes.buffer]);
  }

  function isIdle(): boolean {
    return underWay === null && waiting.length === 0;
  }

  function schedule(): void {
    if (!underWay && waiting.length > 0) pace.schedule(waiting.length, flush);
  }

  return {
    write<K extends WriteKind>(
      kind: K,
      input: WriteCommands[K]['input'],
      blobs: readonly Uint8Array[] = [],
    ): Promise<WriteCommands[K]['output']> {
      if (closedBy) return Promise.reject(closedBy);
      const blobSizes = blobs.map((blob) => blob.byteLength);
      const sizeBytes = blobSizes.reduce((sum, size) => sum + size, commandSize(input));
      if (isFull(kind, sizeBytes)) {
        return Promise.reject(
          new GatewayError('overloaded', 'Too many writes are waiting; try again shortly.', {
            retryAfterSeconds: 1,
          }),
        );
      }
      waitingBytes += sizeBytes;
      return new Promise((resolve, reject) => {
        waiting.push({
          command: [kind, input, blobSizes],
          blobs,
          sizeBytes,
          resolve: resolve as (output: unknown) => void,
          reject,
        });
        schedule();
      });
    },
    finish(report) {
      const done = underWay ?? [];
      underWay = null;
      underWayBytes = 0;
      for (const [index, one] of done.entries()) {
        const result = report.results[index];
        if (result?.[0] === true) one.resolve(result[1]);
        else if (result) one.reject(toError(result[1]));
      }
      schedule();
      if (isIdle()) onEmpty?.();
    },
    fail(error) {
      closedBy ??= error;
      const lost = [...(underWay ?? []), ...waiting];
      underWay = null;
      waiting = [];
      waitingBytes = 0;
      underWayBytes = 0;
      for (const one of lost) one.reject(error);
      onEmpty?.();
    },
    drain() {
      closedBy ??= new GatewayError('not_ready', 'The store is closed.');
      if (isIdle()) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty = resolve;
      });
    },
  };
}

function commandSize(input: unknown): number {
  return Array.isArray(input) ? COMMAND_BYTES * Math.max(1, input.length) : COMMAND_BYTES;
}

function packBlobs(batch: readonly Waiting[]): Uint8Array<ArrayBuffer> {
  let size = 0;
  for (const { blobs } of batch) for (const blob of blobs) size += blob.byteLength;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const { blobs } of batch) {
    for (const blob of blobs) {
      bytes.set(blob, offset);
      offset += blob.byteLength;
    }
  }
  return bytes;
}
