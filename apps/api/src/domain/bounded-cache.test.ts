import { expect, test } from '@jest/globals';
import { createBoundedCache } from './bounded-cache.ts';

test('the entry that was not used longest makes room, and the bound holds', () => {
  const cache = createBoundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe(1);
  expect(cache.size()).toBe(2);
  cache.set('a', 4);
  expect(cache.size()).toBe(2);
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
});
