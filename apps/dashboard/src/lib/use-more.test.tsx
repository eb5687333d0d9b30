import { expect, test } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import { useMore } from './use-more.ts';

test('a page that could not be read is not asked for again and again', () => {
  let asked = 0;
  const list = (isFetchingNextPage: boolean, isFetchNextPageError: boolean) => ({
    hasNextPage: true,
    isFetchingNextPage,
    isFetchNextPageError,
    fetchNextPage: () => (asked += 1),
  });
  const { result, rerender } = renderHook(useMore, { initialProps: list(false, false) });
  result.current();
  expect(asked).toBe(1);
  rerender(list(true, false));
  result.current();
  rerender(list(false, true));
  result.current();
  expect(asked).toBe(1);
  rerender(list(false, false));
  result.current();
  expect(asked).toBe(2);
});
