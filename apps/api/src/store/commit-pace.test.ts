import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createCommitPace, type CommitPace } from './commit-pace.ts';

const BETWEEN_MS = 3;
const ENOUGH = 256;

let pace: CommitPace;
let begun: number[];

/** Asks for a commit with so many commands waiting. */
function ask(commands: number): void {
  pace.schedule(commands, () => {
    begun.push(performance.now());
    pace.begin(commands);
  });
}

beforeEach(() => {
  jest.useFakeTimers();
  pace = createCommitPace(BETWEEN_MS);
  begun = [];
});
afterEach(() => {
  jest.useRealTimers();
});

describe('the pace of commits', () => {
  test('the first begins in the next turn, with all that this turn asks for', () => {
    const start = performance.now();
    ask(1);
    ask(2);
    expect(begun).toEqual([]);
    jest.advanceTimersByTime(0);
    expect(begun).toEqual([start]);
  });

  test('after many commands the next commit waits its time', () => {
    const start = performance.now();
    ask(5);
    jest.advanceTimersByTime(0);
    ask(1);
    jest.advanceTimersByTime(BETWEEN_MS - 1);
    expect(begun).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(begun).toEqual([start, start + BETWEEN_MS]);
  });

  test('after a rest it begins at once again', () => {
    ask(5);
    jest.advanceTimersByTime(20);
    const later = performance.now();
    ask(1);
    jest.advanceTimersByTime(0);
    expect(begun.at(-1)).toBe(later);
  });

  test('one sender who waits for each answer is never held up', () => {
    const start = performance.now();
    for (let count = 0; count < 3; count += 1) {
      ask(1);
      jest.advanceTimersByTime(0);
    }
    expect(begun).toEqual([start, start, start]);
  });

  test('when enough commands wait the commit begins at once', () => {
    ask(5);
    jest.advanceTimersByTime(0);
    ask(ENOUGH);
    expect(begun).toHaveLength(2);
  });
});
