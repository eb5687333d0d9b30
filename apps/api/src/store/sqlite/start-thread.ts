import { Worker } from 'node:worker_threads';

import { GatewayError } from '../../domain/errors.ts';
import { toError } from './failures.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread.ts';

/** A running worker thread, seen from the main thread. */
export interface Thread {
  send(message: ToThread, transfer?: readonly ArrayBuffer[]): void;
  /** Closes the connection and ends the thread, after all that was sent before. */
  close(): Promise<void>;
}

/**
 * Starts the writer or the reader thread and waits until it has its database open.
 * @param onMessage gets each answer
 * @param onDeath is called when the thread ends without having been closed
 * @throws GatewayError `not_ready`, saying what is wrong with the database
 */
export async function startThread(
  settings: ThreadSettings,
  onMessage: (message: Exclude<FromThread, string | { failed: unknown }>) => void,
  onDeath: (error: GatewayError) => void,
): Promise<Thread> {
  // Run from source this file is `.ts`, compiled it is `.js`; the thread's file follows.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./thread.${extension}`, import.meta.url), {
    workerData: settings,
    name: `sqlite-${settings.role}`,
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let isClosing = false;

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message === 'ready') resolve();
      else if (message === 'closed') isClosing = true;
      else if ('failed' in message) reject(toError(message.failed));
      else onMessage(message);
    });
    worker.on('error', (cause) => {
      const error = new GatewayError('not_ready', 'A thread of the store has ended.', { cause });
      reject(error);
      onDeath(error);
    });
    worker.on('exit', () => {
      const error = new GatewayError('not_ready', 'A thread of the store has ended.');
      reject(error);
      if (!isClosing) onDeath(error);
    });
  });

  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    async close() {
      isClosing = true;
      worker.postMessage('close' satisfies ToThread);
      await ended;
    },
  };
}
