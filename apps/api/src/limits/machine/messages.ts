import type { Socket } from 'node:net';
import type { Ask, Grant } from '../ledger.ts';

/*
 * What processes of one machine say to each other: one JSON array a line. An ask without fields after its number is a `join`,
 * answered with the number of processes.
 */
type AskFields = [
  key: string,
  windowMs: number,
  limit: number,
  spent: number,
  want: number,
  heardHits: number,
  heardEndsInMs: number,
];
export type Question = [number: number] | [number: number, ...AskFields];
export type Reply =
  | [number: number, processes: number]
  | [number: number, granted: number, hits: number, endsInMs: number];

const LONGEST_LINE = 64 * 1024;

export function sendMessage(socket: Socket, message: Question | Reply): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls back with every message. What is no message ends the connection. */
export function readMessages(socket: Socket, take: (message: unknown[]) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > LONGEST_LINE) throw new Error('A message is too long.');
      for (const line of lines) take(JSON.parse(line) as unknown[]);
    } catch {
      socket.destroy();
    }
  });
}

export function toQuestion(number: number, ask: Ask): Question {
  const { key, windowMs, limit, spent, want, heardHits, heardEndsInMs } = ask;
  return [number, key, windowMs, limit, spent, want, heardHits, heardEndsInMs];
}

export function toAsk(fields: AskFields): Ask {
  const [key, windowMs, limit, spent, want, heardHits, heardEndsInMs] = fields;
  return { key, windowMs, limit, spent, want, heardHits, heardEndsInMs };
}

export function toReply(number: number, { granted, hits, endsInMs }: Grant): Reply {
  return [number, granted, hits, endsInMs];
}

export function toGrant([granted = 0, hits = 0, endsInMs = 0]: readonly number[]): Grant {
  return { granted, hits, endsInMs };
}
