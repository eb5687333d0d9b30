import { parentPort, workerData } from 'node:worker_threads';

import type { Database } from 'better-sqlite3';

import { createBegin, openReaderConnection, openWriterConnection } from './connection.ts';
import type { ConnectionSettings } from './connection.ts';
import { readBatch, type SentBatch } from './commands.ts';
import { toFailure } from './failures.ts';
import type { Failure } from './failures.ts';
import { migrate } from './migrate.ts';
import { createReader } from './reader.ts';
import { createAlertReads } from './reads/alerts.ts';
import { createChangeReads } from './reads/changes.ts';
import { createProcessReads } from './reads/processes.ts';
import { createJobReads } from './reads/jobs.ts';
import { createRecordReads } from './reads/records.ts';
import type { ReadKind, Reads } from './reader.ts';
import { createWriter } from './writer.ts';
import type { WriteReport } from './writer.ts';
import { registerProcess, unregisterProcess } from './writes/processes.ts';
import type { ProcessIdentity } from '../process-identity.ts';

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
export type ToThread = { write: SentBatch } | { read: ReadRequest } | 'close';

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
  // From here on only `begin` waits for locks.
  database.pragma('busy_timeout = 0');
  const begin = createBegin(database, settings.connection.busyTimeoutMs);
  const write = createWriter(database, begin, settings.identity, number);
  const { changePosition } = createChangeReads(database);
  const { livingProcesses } = createProcessReads(database, settings.identity.host);
  const look = {
    ...createRecordReads(database),
    ...createJobReads(database),
    ...createAlertReads(database),
    changePosition,
    livingProcesses,
  };
  return {
    handle(message) {
      if ('write' in message) send({ written: write(readBatch(message.write)) });
      else send(answerSmall(look, message.read));
    },
    close() {
      try {
        unregisterProcess(database, number);
      } catch {
        // The disk or another process is in the way; this one is then known to be gone by its pid.
      }
      database.close();
    },
  };
}

/** Answers a question that the writer takes on the side; see `SMALL_READS`. */
function answerSmall(look: Partial<Reads>, { id, kind, input }: ReadRequest): FromThread {
  try {
    const answer = look[kind] as (input: unknown) => unknown;
    return { id, output: answer(input) };
  } catch (error) {
    return { id, failure: toFailure(error) };
  }
}

/** Opens its connection with the first question, so that it can start while the writer still migrates. */
function startReader(settings: ThreadSettings, send: (message: FromThread) => void): Role {
  let database: Database | null = null;
  let reader: ReturnType<typeof createReader> | null = null;

  async function answer({ id, kind, input }: ReadRequest): Promise<void> {
    try {
      database ??= openReaderConnection(settings.connection);
      reader ??= createReader(database, settings.identity.host);
      send({ id, output: await reader(kind, input) });
    } catch (error) {
      send({ id, failure: toFailure(error) });
    }
  }

  return {
    handle(message) {
      if ('read' in message) void answer(message.read);
    },
    close() {
      database?.close();
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
