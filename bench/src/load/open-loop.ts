import { setTimeout as wait } from 'node:timers/promises';
import type { GeneratorCommands, Sending } from '../processes/generator-commands.ts';
import { makeRequest, openConnection, type Connection } from './connection.ts';
import { monotonicMicroseconds } from './monotonic.ts';
import { makeSingleBody } from './payload.ts';
import { createTally } from './tally.ts';

const FIRST_CONNECTIONS = 64;

/**
 * Sends each event at its due time, whatever became of those before, and stamps it with the due time: waiting
 * for a free connection counts as latency, so a slow system cannot hide its delay by slowing the sender.
 */
export async function runOpenLoop(input: GeneratorCommands['openLoop']['input']): Promise<Sending> {
  const { door, firstSequence, ratePerSecond, seconds } = input;
  const headers = { ...door.headers, 'content-type': 'application/json' };
  const opening = Array.from({ length: FIRST_CONNECTIONS }, () => openConnection(door.port));
  const free = await Promise.all(opening);
  const all: Connection[] = [...free];
  const tally = createTally(firstSequence);
  const startedAt = monotonicMicroseconds();
  const answers: Promise<void>[] = [];

  const sendOne = async (dueAt: number): Promise<void> => {
    const sequence = tally.take(1);
    let connection = free.pop();
    if (connection === undefined) {
      connection = await openConnection(door.port);
      all.push(connection);
    }
    const request = makeRequest(door.port, door.path, headers, makeSingleBody(sequence, dueAt));
    tally.note(sequence, 1, await connection.send(request));
    free.push(connection);
  };

  for (let index = 0; index < ratePerSecond * seconds; index += 1) {
    const dueAt = startedAt + Math.round((index * 1_000_000) / ratePerSecond);
    while (monotonicMicroseconds() < dueAt) await wait(1);
    answers.push(sendOne(dueAt));
  }
  await Promise.all(answers);
  for (const connection of all) connection.close();
  return tally.result();
}
