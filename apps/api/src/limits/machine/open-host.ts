import { chmodSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { dirname } from 'node:path';
import type { Clock } from '../../domain/clock.ts';
import { createWindows, type Windows } from '../windows.ts';
import { readMessages, sendMessage, toAsk, toReply, type Question } from './messages.ts';
import { socketMark } from './socket-mark.ts';

/** The process that counts for all processes of the machine. */
export interface Host {
  kind: 'host';
  windows: Windows;
  /** Itself and those that are connected. */
  processes(): number;
  /** Whether others who look for a host find this one. */
  isFound(): boolean;
  close(): Promise<void>;
}

/** Listens at `path` and counts for all who connect. Rejects with `EEXIST` when there is something at `path`. */
export async function openHost(path: string, clock: Clock): Promise<Host> {
  const windows = createWindows(clock);
  const guests = new Set<Socket>();
  const server = createServer((socket) => {
    guests.add(socket);
    socket.unref();
    socket.on('error', () => socket.destroy());
    socket.once('close', () => guests.delete(socket));
    readMessages(socket, (message) => {
      const [number, ...fields] = message as Question;
      if (fields.length === 0) sendMessage(socket, [number, guests.size + 1]);
      else sendMessage(socket, toReply(number, windows.take(toAsk(fields))));
    });
  });
  server.unref();
  await listenAt(server, path);
  server.on('error', () => {});
  const mark = socketMark(path);
  return {
    kind: 'host',
    windows,
    processes: () => guests.size + 1,
    isFound: () => socketMark(path) === mark,
    async close() {
      if (socketMark(path) === mark) rmSync(path, { force: true });
      for (const guest of guests) guest.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

// A server removes its path when it closes, whosever is there by then. So it listens at a path of its own, which gets a second name.
async function listenAt(server: Server, path: string): Promise<void> {
  const ownPath = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(ownPath, { force: true });
  // Exclusive: a cluster's primary would otherwise hand the connections out among its workers.
  server.listen({ path: ownPath, exclusive: true });
  await once(server, 'listening');
  try {
    chmodSync(ownPath, 0o600);
    linkSync(ownPath, path);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    rmSync(ownPath, { force: true });
  }
}
