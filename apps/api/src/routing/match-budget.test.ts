import { describe, expect, test } from '@jest/globals';
import { compilePattern } from './compile-pattern.ts';
import { explainPattern } from './explain-pattern.ts';
import { matchPattern } from './match-pattern.ts';
import { createRoutingIndex } from './routing-index.ts';

describe('the work of one match', () => {
  /** How often any leaf is asked, and what the index answers. */
  function askedBy(written: Record<string, unknown>, document: unknown): [number, string[]] {
    const pattern = compilePattern(written);
    let asked = 0;
    for (const { leaves } of pattern.combinations) {
      for (const one of leaves) {
        const { test: original } = one;
        one.test = (value) => {
          asked += 1;
          return original(value);
        };
      }
    }
    const ids = createRoutingIndex([{ id: 'sub_1', pattern }]).match(document);
    return [asked, ids];
  }
  const many = <T>(item: T): T[] => Array<T>(2000).fill(item);

  test.each<[string, Record<string, unknown>, unknown]>([
    ['that are empty', { total: [9] }, { 'order.total': many(1), order: many({}) }],
    ['that hold as much', { total: [9] }, { 'order.total': many(1), order: many({ total: 2 }) }],
    ['beside one object', { total: [9] }, { 'order.total': many(1), order: { total: many(2) } }],
    [
      'under two conditions',
      { total: [1], state: ['x'] },
      { 'order.total': many(1), order: many({ state: 'y' }) },
    ],
  ])(
    'grows with arrays under dotted keys, not with their product: elements %s',
    (_, order, data) => {
      const [asked, ids] = askedBy({ data: { order } }, { data });
      expect(ids).toEqual([]);
      expect(asked).toBeLessThan(20_000);
    },
  );

  test('grows with two plain arrays, not with their product', () => {
    const [asked, ids] = askedBy({ x: [1], y: [2] }, { x: many(1), y: many(3) });
    expect(ids).toEqual([]);
    expect(asked).toBeLessThan(20_000);
  });

  const pattern = compilePattern({ data: { a: { b: { c: [1], d: [2] } } } });
  const costly = { data: { 'a.b': many({ c: 1 }), a: many({ b: { c: 1, d: 1 } }) } };
  const fault = { pointer: '/data', code: 'too_costly' };

  test.each<[string, () => unknown]>([
    ['by the index', () => createRoutingIndex([{ id: 'sub_1', pattern }]).match(costly)],
    ['one by one', () => matchPattern(pattern, costly)],
    ['explained', () => explainPattern(pattern, costly)],
  ])('has a bound, after which the event is refused: %s', (_, match) => {
    expect(match).toThrow(
      expect.objectContaining({ code: 'invalid_event', faults: [expect.objectContaining(fault)] }),
    );
  });

  test('is bounded over all subscriptions together', () => {
    const values = Array.from({ length: 20_000 }, (_, number) => number);
    const entries = Array.from({ length: 600 }, (_, number) => ({
      id: `sub_${number}`,
      pattern: compilePattern({ values: [{ numeric: ['<', -number] }] }),
    }));
    const alone = createRoutingIndex(entries.slice(0, 1));
    expect(alone.match({ values })).toEqual([]);
    expect(() => createRoutingIndex(entries).match({ values })).toThrow(/steps to match/);
  });
});
