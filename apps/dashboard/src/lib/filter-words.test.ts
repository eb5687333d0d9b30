import { expect, test } from '@jest/globals';
import { filterFacts, filterText, filterValue } from './filter-words.ts';
import { exactTime } from './time.ts';

const AT = '2026-01-01T12:00:00.000Z';
const NAMES = {
  target: (id: string) => ({ tgt_1: 'billing' })[id],
  subscription: (id: string) => ({ sub_1: 'orders' })[id],
};

test('a filter is shown member by member, an unknown one under its own name', () => {
  expect(filterFacts({ type: ['a', 'b'], q: 'x', other: 1 }, NAMES)).toEqual([
    ['Event type', 'a, b'],
    ['Search', 'x'],
    ['other', '1'],
  ]);
});

test('ids are shown as names where they are known, times in the zone of the viewer, codes in words', () => {
  expect(
    filterFacts(
      { targetId: ['tgt_1', 'tgt_2'], subscriptionId: ['sub_1'], sourceId: ['src_1'] },
      NAMES,
    ),
  ).toEqual([
    ['Target', 'billing, tgt_2'],
    ['Subscription', 'orders'],
    ['Source', 'src_1'],
  ]);
  expect(filterValue('receivedAfter', AT, NAMES)).toBe(exactTime(Date.parse(AT)));
  expect(filterValue('createdBefore', 'soon', NAMES)).toBe('soon');
  expect(filterValue('reason', 'http_422', NAMES)).toBe('HTTP 422');
});

test('a whole filter stands in one sentence', () => {
  const filter = { state: ['dead', 'retrying'], targetId: ['tgt_1'], orderingKey: ['o-1'] };
  expect(filterText(filter, NAMES)).toBe(
    'state dead or retrying; target billing; ordering key o-1',
  );
});
