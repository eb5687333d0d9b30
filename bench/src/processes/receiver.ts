import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveCommands } from '../control/commands.ts';
import { waitUntil } from '../control/wait-until.ts';
import { monotonicMicroseconds } from '../load/monotonic.ts';
import { readDelivered } from '../load/payload.ts';
import { percentile } from '../load/percentile.ts';
import type { ReceiverCommands, Reception } from './receiver-commands.ts';

/** Answers every POST with 200 and counts each event by its number. */
const MOST_EVENTS = 4_000_000;

let firstSequence = 0;
let counts = new Uint8Array(0);
let distinct = 0;
let strays = 0;
let lastArrivalAt = 0;
let latencies: number[] = [];

function start(input: { firstSequence: number }): null {
  ({ firstSequence } = input);
  counts = new Uint8Array(MOST_EVENTS);
  distinct = 0;
  strays = 0;
  lastArrivalAt = monotonicMicroseconds();
  latencies = [];
  return null;
}

function count(body: Buffer): void {
  const now = monotonicMicroseconds();
  const event = readDelivered(body);
  const index = event === null ? -1 : event.sequence - firstSequence;
  const before = counts[index];
  if (event === null || before === undefined) {
    strays += 1;
    return;
  }
  counts[index] = Math.min(255, before + 1);
  if (before > 0) return;
  distinct += 1;
  lastArrivalAt = now;
  latencies.push((now - event.scheduledAt) / 1000);
}

function finish(sent: number, refused: readonly number[]): Reception {
  const refusedIndexes = new Set(refused.map((sequence) => sequence - firstSequence));
  const reception = { delivered: 0, lost: 0, doubled: 0, unexpected: strays };
  counts.forEach((times, index) => {
    const accepted = index < sent && !refusedIndexes.has(index);
    if (accepted && times === 0) reception.lost += 1;
    if (accepted && times > 0) reception.delivered += 1;
    if (times > 1) reception.doubled += 1;
    if (!accepted && times > 0) reception.unexpected += 1;
  });
  return {
    ...reception,
    lastArrivalAt,
    p50Milliseconds: percentile(latencies, 0.5),
    p99Milliseconds: percentile(latencies, 0.99),
  };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    count(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    response.writeHead(200, { 'content-length': 2 });
    response.end('ok');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');

serveCommands<ReceiverCommands>({
  port: () => (server.address() as AddressInfo).port,
  start,
  waitFor: async ({ count: wanted, quietMs }) => {
    await waitUntil('deliveries', Number.MAX_SAFE_INTEGER, () => {
      const quietForMs = (monotonicMicroseconds() - lastArrivalAt) / 1000;
      return distinct >= wanted || quietForMs > quietMs;
    });
    return distinct;
  },
  finish: ({ sent, refused }) => finish(sent, refused),
});
