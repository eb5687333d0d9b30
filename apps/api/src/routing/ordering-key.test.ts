import { describe, expect, test } from '@jest/globals';

import { orderingKeyOf } from './ordering-key.ts';

const event = {
  id: '1',
  source: '/shop',
  type: 'order.created',
  subject: 'order-7',
  partition: 'eu',
  data: { order: { id: 42, 'a/b': 'x' }, isTest: false, note: null, empty: '', lines: [{ n: 1 }] },
};

describe('the ordering key of an event', () => {
  test.each([
    ['subject', 'order-7'],
    ['partition', 'eu'],
    ['/subject', 'order-7'],
    ['/data/order/id', '42'],
    ['/data/order/a~1b', 'x'],
    ['/data/isTest', 'false'],
    ['/data/lines/0/n', '1'],
  ])('%s is %s', (path, key) => {
    expect(orderingKeyOf(event, path)).toBe(key);
  });
  test.each([
    'time',
    '/data/none',
    '/data/none/deeper',
    '/data/note',
    '/data/empty',
    'constructor',
  ])('an event without %s, or with null or an empty text there, is unordered', (path) => {
    expect(orderingKeyOf(event, path)).toBeNull();
  });
  test('objects are equal whatever the order of their members', () => {
    const key = (data: unknown) => orderingKeyOf({ data }, '/data');
    expect(key({ a: 1, b: { c: [2], d: 3 } })).toBe(key({ b: { d: 3, c: [2] }, a: 1 }));
    expect(key({ a: 1 })).not.toBe(key({ a: 2 }));
  });
  test('long values and values that a database may refuse count by their hash, equal for equal ones only', () => {
    const key = (subject: string) => orderingKeyOf({ subject }, 'subject');
    const odd = ['x'.repeat(129), 'x'.repeat(130), 'a\u0000', '\ud800', '\ud801'];
    const keys = odd.map(key);
    for (const one of keys) expect(one).toMatch(/^sha256:[\w-]{43}$/);
    expect(new Set(keys).size).toBe(odd.length);
    expect(key('x'.repeat(129))).toBe(keys[0]);
    expect(key('x'.repeat(128))).toBe('x'.repeat(128));
  });
});
