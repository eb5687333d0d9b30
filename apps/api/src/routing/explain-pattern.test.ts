import { describe, expect, test } from '@jest/globals';
import { compilePattern } from './compile-pattern.ts';
import { explainPattern } from './explain-pattern.ts';

const explain = (pattern: unknown, document: unknown) =>
  explainPattern(compilePattern(pattern), document).failures;

describe('an explanation', () => {
  test('is empty for a match', () => {
    expect(explainPattern(compilePattern({ a: [1] }), { a: 1 })).toEqual({
      matched: true,
      failures: [],
    });
  });

  test('names each failing leaf in order, as written in the pattern', () => {
    const pattern = {
      'detail-type': ['order.created'],
      detail: {
        total: [{ numeric: ['>', 100] }],
        currency: ['EUR', 'CHF'],
        test: [{ exists: false }],
      },
    };
    const document = { type: 'order.created', data: { total: 5, test: true } };
    expect(explain(pattern, document)).toEqual([
      {
        pointer: '/detail/total',
        operator: 'numeric',
        expected: ['>', 100],
        actual: 5,
        present: true,
      },
      {
        pointer: '/detail/currency',
        operator: 'equals',
        expected: ['EUR', 'CHF'],
        actual: null,
        present: false,
      },
      { pointer: '/detail/test', operator: 'exists', expected: false, actual: true, present: true },
    ]);
  });

  test('tells null from absent', () => {
    expect(explain({ a: [1] }, { a: null })).toMatchObject([{ actual: null, present: true }]);
    expect(explain({ a: [1] }, {})).toMatchObject([{ actual: null, present: false }]);
  });

  test('lists mixed alternatives as written', () => {
    expect(explain({ a: ['x', { prefix: 'y' }] }, { a: 'z' })).toMatchObject([
      { operator: 'any-of', expected: ['x', { prefix: 'y' }], actual: 'z' },
    ]);
  });

  test('shows the values of an array, not more than ten of them, and shortens long texts', () => {
    expect(explain({ a: ['x'] }, { a: ['p', 'q'] })).toMatchObject([{ actual: ['p', 'q'] }]);
    expect(explain({ a: ['x'] }, { a: Array(50).fill(0) })[0]?.actual).toHaveLength(10);
    expect(explain({ a: ['x'] }, { a: 'y'.repeat(5000) })[0]?.actual).toHaveLength(201);
  });

  test('of $or shows the branches that came closest', () => {
    const pattern = { a: [1], $or: [{ b: [2] }, { c: [3], d: [4] }, { c: [5] }] };
    expect(explain(pattern, { a: 1 }).map(({ pointer }) => pointer)).toEqual([
      '/$or/0/b',
      '/$or/2/c',
    ]);
    expect(explain(pattern, { b: 2 }).map(({ pointer }) => pointer)).toEqual(['/a']);
  });

  test('says when conditions are met, but not by one element', () => {
    const pattern = { items: { sku: ['a'], count: [{ numeric: ['>', 5] }] } };
    const document = {
      items: [
        { sku: 'a', count: 1 },
        { sku: 'b', count: 9 },
      ],
    };
    expect(explain(pattern, document)).toEqual([
      {
        pointer: '/items/count',
        operator: 'same-element',
        expected: ['>', 5],
        actual: [1, 9],
        present: true,
      },
    ]);
  });
});
