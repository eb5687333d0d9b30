import { describe } from '@jest/globals';

/** The ways to run the gateway; the suites of `test/http` and the kill journey hold for each. */
export type Shape = 'embedded' | 'cluster' | 'fleet';

const SHAPES: readonly Shape[] = ['embedded', 'cluster', 'fleet'];

/** The shape that this run of the tests is about: `SHAPE`, or embedded. */
export function currentShape(): Shape {
  const name = process.env['SHAPE'] ?? 'embedded';
  const shape = SHAPES.find((one) => one === name);
  if (shape === undefined)
    throw new Error(`SHAPE must be one of ${SHAPES.join(', ')}, not ${name}`);
  return shape;
}

/**
 * Tests that hold for one process by itself. They are run, and counted, where the gateway is embedded and nowhere else.
 * @param reason why they cannot be asked of several processes behind a proxy
 */
export function describeEmbedded(title: string, reason: string, tests: () => void): void {
  if (reason === '') throw new Error(`say why "${title}" is for one process only`);
  if (currentShape() === 'embedded') describe(title, tests);
}
