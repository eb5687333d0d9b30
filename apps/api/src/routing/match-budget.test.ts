import { describe, expect, test } from '@jest/globals';
import { compilePattern } from './compile-pattern.ts';
import { evaluate } from './evaluate.ts';
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
  const many = <T>(item: T, length = 2000): T[] => Array<T>(length).fill(item);

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

  test.each<[string, (number: number) => object, unknown[]]>([
    [
      'that compare numbers',
      (number) => ({ values: [{ numeric: ['<', -number] }] }),
      Array.from({ length: 20_000 }, (_, number) => number),
    ],
    [
      'that look for an element among empty arrays',
      () => ({ values: { x: [1], y: [2] } }),
      [{ x: 1 }, { y: 2 }, ...many([], 20_000)],
    ],
  ])('is bounded over all subscriptions together: %s', (_, written, values) => {
    const entries = Array.from({ length: 600 }, (_entry, number) => ({
      id: `sub_${number}`,
      pattern: compilePattern(written(number)),
    }));
    const alone = createRoutingIndex(entries.slice(0, 1));
    expect(alone.match({ values })).toEqual([]);
    expect(() => createRoutingIndex(entries).match({ values })).toThrow(/steps to match/);
  });

  test('is bounded where the reason is looked for among empty arrays', () => {
    const conditions = Array.from({ length: 200 }, (_, number) => [`k${number}`, [1]]);
    const values = compilePattern({ values: Object.fromEntries(conditions) as object });
    const document = { values: many([], 60_000) };
    expect(matchPattern(values, document)).toBe(false);
    expect(() => explainPattern(values, document)).toThrow(/steps to match/);
  });
});

describe('an array costs one step for each item that is come to', () => {
  /** Steps taken, and how often an item of the counted array is read. */
  function costOf(written: object, documentOf: (array: unknown) => object, items: unknown[]) {
    let reads = 0;
    const counted = new Proxy(items, {
      get(array, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        return Reflect.get(array, key) as unknown;
      },
    });
    const [combination] = compilePattern(written).combinations;
    const budget = { left: 100_000 };
    evaluate(combination?.root ?? fail(), documentOf(counted), budget);
    return { steps: 100_000 - budget.left, reads };
  }
  const plain = (items: unknown) => ({ items });
  const many = (item: unknown): unknown[] => Array<unknown>(2000).fill(item);

  test.each<[string, unknown[], number]>([
    ['objects', [{ a: 1 }, ...many({ a: 2 })], 1],
    ['arrays', [[], [[{ a: 1 }]], ...many([2])], 4],
  ])('none is come to behind the one that decides, among %s', (_, items, steps) => {
    const cost = costOf({ items: { a: [1] } }, plain, items);
    expect(cost.steps).toBe(steps);
    expect(cost.reads).toBeLessThanOrEqual(2);
  });

  test.each<[string, unknown[], number]>([
    ['empty', many([]), 2000],
    ['filled', many([2]), 4000],
    ['nested', many([[[]]]), 6000],
  ])('inner arrays are items: %s', (_, items, steps) => {
    expect(costOf({ items: { a: [1] } }, plain, items).steps).toBe(steps);
  });

  test('also where dotted keys lead to the array', () => {
    const beside = (items: unknown) => ({ 'order.items': items });
    const { steps } = costOf({ order: { items: { a: [1] } } }, beside, many([]));
    expect(steps).toBeGreaterThanOrEqual(2000);
  });
});

test('the keys of an object are gone through once, however many patterns look below it', () => {
  let times = 0;
  const data = new Proxy(
    { items: [{ a: 1 }] },
    {
      ownKeys(object) {
        times += 1;
        return Reflect.ownKeys(object);
      },
    },
  );
  const [combination] = compilePattern({ data: { items: { a: [1] } } }).combinations;
  for (let patterns = 0; patterns < 10; patterns += 1) {
    evaluate(combination?.root ?? fail(), { data }, { left: 1000 });
  }
  expect(times).toBe(1);
});

function fail(): never {
  throw new Error('The pattern has no combination.');
}
