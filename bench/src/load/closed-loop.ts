import type { GeneratorCommands, Sending } from '../processes/generator-commands.ts';
import { makeRequest, openConnection, type Connection } from './connection.ts';
import { monotonicMicroseconds } from './monotonic.ts';
import { makeBatchBody, makeSingleBody } from './payload.ts';
import { createTally } from './tally.ts';

/** Sends single events, each connection waiting for its answer before the next, until the time is over. */
export async function runClosedLoop(
  input: GeneratorCommands['closedLoop']['input'],
): Promise<Sending> {
  const { door, firstSequence, connections, seconds } = input;
  const headers = { ...door.headers, 'content-type': 'application/json' };
  const pool = await openAll(door.port, connections);
  const tally = createTally(firstSequence);
  const end = monotonicMicroseconds() + seconds * 1_000_000;
  await Promise.all(
    pool.map(async (connection) => {
      for (let now = monotonicMicroseconds(); now < end; now = monotonicMicroseconds()) {
        const sequence = tally.take(1);
        const request = makeRequest(door.port, door.path, headers, makeSingleBody(sequence, now));
        tally.note(sequence, 1, await connection.send(request));
      }
    }),
  );
  return closeAll(pool, tally.result());
}

/** Sends a fixed number of events in batches, each connection waiting for its answer before the next. */
export async function runBatches(input: GeneratorCommands['batches']['input']): Promise<Sending> {
  const { door, firstSequence, connections, count, batchSize } = input;
  const headers = { ...door.headers, 'content-type': door.batchContentType };
  const pool = await openAll(door.port, connections);
  const tally = createTally(firstSequence);
  let left = count;
  await Promise.all(
    pool.map(async (connection) => {
      while (left > 0) {
        const size = Math.min(batchSize, left);
        left -= size;
        const sequence = tally.take(size);
        const body = makeBatchBody(sequence, size, monotonicMicroseconds());
        const request = makeRequest(door.port, door.path, headers, body);
        tally.note(sequence, size, await connection.send(request));
      }
    }),
  );
  return closeAll(pool, tally.result());
}

function openAll(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => openConnection(port)));
}

function closeAll(pool: readonly Connection[], sending: Sending): Sending {
  for (const connection of pool) connection.close();
  return sending;
}
