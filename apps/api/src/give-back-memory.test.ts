import { expect, test } from '@jest/globals';
import { giveBackMemory } from './give-back-memory.ts';

const MIB = 1024 * 1024;

/** Fills the heap with many small things that nobody holds afterwards. */
function litter(): number {
  const rubbish = Array.from({ length: 500_000 }, (_, number) => ({ number, text: `${number}` }));
  return rubbish.length;
}

test('collects what nobody holds, and shrinks the heap', () => {
  litter();
  const before = process.memoryUsage();
  giveBackMemory();
  const after = process.memoryUsage();
  expect(before.heapTotal - after.heapTotal).toBeGreaterThan(10 * MIB);
  expect(before.heapUsed - after.heapUsed).toBeGreaterThan(10 * MIB);
});

test('leaves no collector behind for others to call', () => {
  giveBackMemory();
  expect(globalThis).not.toHaveProperty('gc');
});
