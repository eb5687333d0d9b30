import type { Clock } from '../../domain/clock.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { Store } from '../store.ts';
import { createChangeHints } from './change-hints.ts';
import { createReadChannel } from './read-channel.ts';
import type { ReadChannel } from './read-channel.ts';
import { startThread } from './start-thread.ts';
import type { Thread } from './start-thread.ts';
import { catchUpIndex, createStoreWrites } from './store-writes.ts';
import { createStoreReads } from './store-reads.ts';
import { createWriteQueue } from './write-queue.ts';
import type { QueueLimits, WriteQueue } from './write-queue.ts';
import type { ThreadSettings } from './thread.ts';
import type { ProcessIdentity } from './writes/processes.ts';

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
 * Opens the embedded store: one file, one thread that writes, one that reads.
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
  const threads: { writer?: Thread; reader?: Thread } = {};
  const queue = createWriteQueue(
    options.queue ?? DEFAULT_QUEUE,
    () => clock.now(),
    (batch, transfer) => threads.writer?.send({ write: batch }, transfer),
  );
  const channel = createReadChannel((request) => threads.reader?.send({ read: request }));
  const hints = createChangeHints(clock, () => channel.read('changePosition', undefined));

  Object.assign(
    threads,
    await startBoth(settings, queue, channel, () => {
      hints.announce();
    }),
  );

  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    hints.stop();
    await queue.drain();
    await channel.drain();
    await threads.reader?.close();
    await threads.writer?.close();
  }

  return {
    ...createStoreWrites(queue.write),
    ...createStoreReads(channel.read, () => catchUpIndex(queue.write)),
    onChange: hints.listen,
    close: () => (closing ??= closeAll()),
  };
}

/** Starts both threads at once; when one of them cannot, neither is left. */
async function startBoth(
  settings: Omit<ThreadSettings, 'role'>,
  queue: WriteQueue,
  channel: ReadChannel,
  onChanges: () => void,
): Promise<{ writer: Thread; reader: Thread }> {
  // One thread without the other is no store.
  const onDeath = (error: GatewayError) => {
    queue.fail(error);
    channel.fail(error);
  };
  const [writer, reader] = await Promise.allSettled([
    startThread(
      { ...settings, role: 'writer' },
      (message) => {
        if (!('written' in message)) return;
        queue.finish(message.written);
        if (message.written.hasChanges) onChanges();
      },
      onDeath,
    ),
    startThread(
      { ...settings, role: 'reader' },
      (message) => {
        if ('id' in message) channel.take(message);
      },
      onDeath,
    ),
  ]);
  if (writer.status === 'rejected' || reader.status === 'rejected') {
    for (const one of [writer, reader]) if (one.status === 'fulfilled') await one.value.close();
    throw writer.status === 'rejected'
      ? writer.reason
      : new GatewayError('not_ready', 'The reading thread of the store did not start.', {
          cause: reader,
        });
  }
  return { writer: writer.value, reader: reader.value };
}

export type { ProcessIdentity };
