import { describe, expect, test } from '@jest/globals';
import type { Flow as FlowReport } from '@signalbox/api/contract';
import { flowOf } from './flow-lines.ts';

const arrival = (sourceId: string, type: string, accepted: number) => ({
  sourceId,
  type,
  accepted,
  unmatched: 0,
  quarantined: 0,
});
const report = (parts: Partial<FlowReport>): FlowReport => ({
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T00:05:00.000Z',
  arrivals: [],
  deliveries: [],
  targets: [],
  leftOut: 0,
  ...parts,
});

describe('the flow', () => {
  test('leads from sources through types to targets, with rates and what failed on each target', () => {
    const { nodes, lines } = flowOf(
      report({
        arrivals: [arrival('s', 'a', 1200), arrival('s', 'b', 300), arrival('s', 'idle', 0)],
        deliveries: [
          { sourceId: 's', type: 'a', targetId: 't', made: 900 },
          { sourceId: 'other', type: 'a', targetId: 't', made: 300 },
          { sourceId: 's', type: 'a', targetId: 'u', made: 600 },
          { sourceId: 's', type: 'gone', targetId: 'u', made: 1 },
        ],
        targets: [{ targetId: 't', succeeded: 600, dead: 0, attempts: 1200, attemptsFailed: 600 }],
      }),
    );
    expect(
      lines.map(({ from, to, perSecond, failedShare }) => [from, to, perSecond, failedShare]),
    ).toEqual([
      ['source s', 'type a', 4, null],
      ['source s', 'type b', 1, null],
      ['type a', 'target t', 4, 0.5],
      ['type a', 'target u', 2, null],
    ]);
    expect(nodes.map(({ id, perSecond }) => [id, perSecond])).toEqual([
      ['source s', 5],
      ['target t', 4],
      ['type a', 4],
      // With what came of a type that is not drawn.
      ['target u', 601 / 300],
      ['type b', 1],
    ]);
  });

  test('leaves out the quietest types where there are too many to read, and says how many', () => {
    const arrivals = Array.from({ length: 20 }, (_unused, index) =>
      arrival('s', `type-${String(index)}`, index + 1),
    );
    const { nodes, typesLeftOut, linesLeftOut } = flowOf(report({ arrivals, leftOut: 7 }));
    expect(typesLeftOut).toBe(4);
    expect(linesLeftOut).toBe(7);
    expect(nodes.some(({ id }) => id === 'type type-3')).toBe(false);
    expect(nodes.some(({ id }) => id === 'type type-4')).toBe(true);
    // Of 1 to 20 in five minutes: all of them, not only what is drawn.
    const source = nodes.find(({ id }) => id === 'source s');
    expect(source?.perSecond).toBeCloseTo(210 / 300);
  });
});
