import type { Sending } from '../processes/generator-commands.ts';
import type { Answer } from './connection.ts';
import { monotonicMicroseconds } from './monotonic.ts';

export interface Tally {
  /** The number of the next event to send; takes `count` numbers. */
  take(count: number): number;
  /** Notes the answer to the `count` events from `sequence` on. */
  note(sequence: number, count: number, answer: Answer): void;
  result(): Sending;
}

const ACCEPTED = 202;

/** Counts what one phase of load has sent and how it was answered. */
export function createTally(firstSequence: number): Tally {
  const startedAt = monotonicMicroseconds();
  const refused: number[] = [];
  let sent = 0;
  let accepted = 0;
  let firstRefusal: string | null = null;
  return {
    take: (count) => {
      const sequence = firstSequence + sent;
      sent += count;
      return sequence;
    },
    note: (sequence, count, { statusCode, body }) => {
      if (statusCode === ACCEPTED) {
        accepted += count;
        return;
      }
      firstRefusal ??= `${statusCode} ${body.slice(0, 500)}`;
      for (let offset = 0; offset < count; offset += 1) refused.push(sequence + offset);
    },
    result: () => ({
      firstSequence,
      sent,
      accepted,
      refused,
      firstRefusal,
      startedAt,
      endedAt: monotonicMicroseconds(),
    }),
  };
}
