import type { Clock } from '../../domain/clock.ts';
import type { GatewayError } from '../../domain/errors.ts';
import type { Store } from '../store.ts';
import { createChangeHints } from '../change-hints.ts';
import { createReadChannel } from './read-channel.ts';
import type { ReadChannel } from './read-channel.ts';
import { startThread } from './start-thread.ts';
import type { Thread } from './start-thread.ts';
import { catchUpIndex, createStoreWrites } from './store-writes.ts';
import { createStoreAlerts } from './store-alerts.ts';
import { createStoreJobs } from './store-jobs.ts';
import { createStoreReads } from './store-reads.ts';
import { createWriteQueue } from './write-queue.ts';
import type { QueueLimits, WriteQueue } from './write-queue.ts';
import type { ReadKind } from './reader.ts';
import type { ReadRequest, ThreadSettings } from './thread.ts';
import type { ProcessIdentity } from '../process-identity.ts';

export interface SqliteOptions {
  /** Path of the database file; its folder must exist. */
  file: string;
  clock: Clock;
  /** Whom leases, rollups and heartbeats belong to; the id must be new at each start. */
  process: ProcessIdentity;
  /** How much may wait for the writer before `overloaded`. */
  queue?: QueueLimits;
  /** How long a commit waits for another process's before it fails with `not_ready`. */
  busyTimeoutMs?: number;
  /** Past this size writes fail as on a full disk. */
  maxSizeBytes?: number;
}

const DEFAULT_QUEUE: QueueLimits = { commands: 10_000, bytes: 64 * 1024 * 1024 };
const DEFAULT_BUSY_TIMEOUT_MS = 5000;

/**
 * Opens the embedded store: one file, one thread that writes, one that reads as soon as something long is read.
 * @throws GatewayError `not_ready` when the file cannot be used, saying why
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const { clock } = options;
  const settings = {
    connection: {
      file: options.file,
      busyTimeoutMs: options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS,
      maxSizeBytes: options.maxSizeBytes ?? null,
    },
    identity: options.process,
    now: clock.now(),
  };
  const queue = createWriteQueue(
    options.queue ?? DEFAULT_QUEUE,
    () => clock.now(),
    (batch, transfer) => threads.writer.send({ write: batch }, transfer),
  );
  const channel = createReadChannel((request) => {
    if (SMALL_READS.has(request.kind)) threads.writer.send({ read: request });
    else threads.sendToReader(request);
  });
  const hints = createChangeHints(clock, () => channel.read('changePosition', undefined));
  const threads = await startThreads(settings, queue, channel, () => {
    hints.announce();
  });

  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    hints.stop();
    await queue.drain();
    await channel.drain();
    await threads.close();
  }

  return {
    ...createStoreWrites(queue.write),
    ...createStoreReads(channel.read, () => catchUpIndex(queue.write)),
    ...createStoreJobs(queue.write, channel.read, () => catchUpIndex(queue.write)),
    ...createStoreAlerts(queue.write, channel.read),
    onChange: hints.listen,
    close: () => (closing ??= closeAll()),
  };
}

/**
 * Questions that cost microseconds, and the position of the change feed: asked of the writer it lies before every write that is
 * asked for later, so a stream that opens misses nothing. The writer takes them between two commits, so that a gateway nobody looks at does without the
 * memory of a second thread.
 */
const SMALL_READS: ReadonlySet<ReadKind> = new Set<ReadKind>([
  'changePosition',
  'nextDueAt',
  'getResource',
  'findResourceByName',
  'loadResources',
  'resourceRevision',
  'loginFailures',
  'livingProcesses',
  'hasFreeJob',
  'getJob',
  'jobBacklog',
  'getAlert',
  'openAlerts',
  'ping',
]);

interface Threads {
  writer: Thread;
  /** Starts the reader with the first question. */
  sendToReader(request: ReadRequest): void;
  close(): Promise<void>;
}

/** Starts the writer; the reader follows when it is first needed. */
async function startThreads(
  settings: Omit<ThreadSettings, 'role'>,
  queue: WriteQueue,
  channel: ReadChannel,
  onChanges: () => void,
): Promise<Threads> {
  // One thread without the other is no store.
  const onDeath = (error: GatewayError) => {
    queue.fail(error);
    channel.fail(error);
  };
  const onMessage = (message: Parameters<Parameters<typeof startThread>[1]>[0]): void => {
    if ('id' in message) {
      channel.take(message);
    } else {
      queue.finish(message.written);
      if (message.written.hasChanges) onChanges();
    }
  };
  const writer = await startThread({ ...settings, role: 'writer' }, onMessage, onDeath);
  let reader: Promise<Thread> | null = null;
  return {
    writer,
    sendToReader(request) {
      reader ??= startThread({ ...settings, role: 'reader' }, onMessage, onDeath);
      reader.then((thread) => thread.send({ read: request }), onDeath);
    },
    async close() {
      await reader?.then(
        (thread) => thread.close(),
        () => undefined,
      );
      await writer.close();
    },
  };
}

export type { ProcessIdentity };
