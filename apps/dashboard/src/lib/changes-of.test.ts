import { expect, test } from '@jest/globals';
import { changesOf } from './changes-of.ts';

test('only what differs between two states is named, member by member', () => {
  const before = { name: 'a', retry: { codes: [1], wait: 2 }, gone: true };
  const after = { name: 'a', retry: { codes: [1, 2], wait: 2 }, made: 'x' };
  expect(changesOf(before, after)).toEqual([
    { path: 'retry.codes', before: '[1]', after: '[1,2]' },
    { path: 'gone', before: 'true', after: null },
    { path: 'made', before: null, after: 'x' },
  ]);
});

test('a thing that was made or deleted differs in everything it has', () => {
  expect(changesOf(null, { a: 1 })).toEqual([{ path: 'a', before: null, after: '1' }]);
  expect(changesOf({ a: 1 }, null)).toEqual([{ path: 'a', before: '1', after: null }]);
  expect(changesOf(null, null)).toEqual([]);
});
