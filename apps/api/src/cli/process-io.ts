import { text } from 'node:stream/consumers';
import { systemClock } from '../domain/clock.ts';
import type { Io } from './command.ts';

/** The world of this process. */
export function processIo(): Io {
  return {
    environment: process.env,
    write: (output) => process.stdout.write(output),
    writeError: (output) => process.stderr.write(output),
    readInput: () => text(process.stdin),
    isTerminal: process.stderr.isTTY,
    clock: systemClock,
  };
}
