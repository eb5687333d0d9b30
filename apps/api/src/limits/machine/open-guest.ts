import { once } from 'node:events';
import { connect } from 'node:net';
import type { Ask, Grant } from '../ledger.ts';
import { readMessages, sendMessage, toGrant, toQuestion } from './messages.ts';
import { socketMark } from './socket-mark.ts';

/** A process that asks the host. */
export interface Guest {
  kind: 'guest';
  take(ask: Ask): Promise<Grant>;
  join(): Promise<number>;
  /** What it is connected to, as `socketMark`. */
  mark: string | null;
  isConnected(): boolean;
  /** Something was asked and not answered. */
  isWaiting(): boolean;
  close(): void;
}

interface Asked {
  resolve: (answer: readonly number[]) => void;
  reject: (error: unknown) => void;
}

/** Connects to the host at `path`. Rejects with `ENOENT` or `ECONNREFUSED` when there is none. */
export async function openGuest(path: string): Promise<Guest> {
  const mark = socketMark(path);
  const socket = connect(path);
  await once(socket, 'connect');
  socket.unref();
  const asked = new Map<number, Asked>();
  let lastNumber = 0;
  let isConnected = true;
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    isConnected = false;
    for (const { reject } of asked.values()) reject(new Error('The connection has ended.'));
    asked.clear();
  });
  readMessages(socket, (message) => {
    const [number = 0, ...answer] = message as number[];
    asked.get(number)?.resolve(answer);
    asked.delete(number);
  });

  function send(ask: Ask | null): Promise<readonly number[]> {
    if (!isConnected) return Promise.reject(new Error('The connection has ended.'));
    lastNumber += 1;
    const number = lastNumber;
    return new Promise((resolve, reject) => {
      asked.set(number, { resolve, reject });
      sendMessage(socket, ask ? toQuestion(number, ask) : [number]);
    });
  }

  return {
    kind: 'guest',
    mark,
    take: async (ask) => toGrant(await send(ask)),
    join: async () => (await send(null))[0] ?? 1,
    isConnected: () => isConnected,
    isWaiting: () => asked.size > 0,
    close: () => void socket.destroy(),
  };
}
