import { parentPort, workerData } from 'node:worker_threads';

import { openReaderConnection, openWriterConnection } from './connection.ts';
import type { ConnectionSettings } from './connection.ts';
import type { WriteBatch } from './commands.ts';
import { toFailure } from './failures.ts';
import type { Failure } from './failures.ts';
import { migrate } from './migrate.ts';
import { createReader } from './reader.ts';
import type { ReadKind } from './reader.ts';
import { createWriter } from './writer.ts';
import type { WriteReport } from './writer.ts';
import { registerProcess } from './writes/processes.ts';
import type { ProcessIdentity } from './writes/processes.ts';

/* The body of both worker threads: one writes, one reads. */

export interface ThreadSettings {
  role: 'writer' | 'reader';
  connection: ConnectionSettings;
  identity: ProcessIdentity;
  now: number;
}

export interface ReadRequest {
  id: number;
  kind: ReadKind;
  input: unknown;
}

/** From the main thread. `close` is the last message. */
export type ToThread = { write: WriteBatch } | { read: ReadRequest } | 'close';

/** To the main thread: first `ready` or `failed`, then one answer for each request, last `closed`. */
export type FromThread =
  | 'ready'
  | 'closed'
  | { failed: Failure }
  | { written: WriteReport }
  | { id: number; output: unknown }
  | { id: number; failure: Failure };

interface Role {
  handle: (message: Exclude<ToThread, 'close'>) => void;
  close: () => void;
}

function startWriter(settings: ThreadSettings, send: (message: FromThread) => void): Role {
  const database = openWriterConnection(settings.connection);
  migrate(database);
  const number = registerProcess(database, settings.identity, settings.now);
  const write = createWriter(database, settings.identity, number);
  return {
    handle(message) {
      if ('write' in message) send({ written: write(message.write) });
    },
    close() {
      database.pragma('optimize');
      database.close();
    },
  };
}

function startReader(settings: ThreadSettings, send: (message: FromThread) => void): Role {
  const database = openReaderConnection(settings.connection);
  const read = createReader(database);
  return {
    handle(message) {
      if (!('read' in message)) return;
      const { id, kind, input } = message.read;
      try {
        send({ id, output: read(kind, input) });
      } catch (error) {
        send({ id, failure: toFailure(error) });
      }
    },
    close() {
      database.close();
    },
  };
}

function start(settings: ThreadSettings): void {
  const port = parentPort;
  if (!port) return;
  const send = (message: FromThread) => port.postMessage(message);
  try {
    const role =
      settings.role === 'writer' ? startWriter(settings, send) : startReader(settings, send);
    port.on('message', (message: ToThread) => {
      if (message !== 'close') {
        role.handle(message);
        return;
      }
      try {
        role.close();
      } finally {
        send('closed');
        port.close();
      }
    });
    send('ready');
  } catch (error) {
    send({ failed: toFailure(error) });
    port.close();
  }
}

start(workerData as ThreadSettings);
