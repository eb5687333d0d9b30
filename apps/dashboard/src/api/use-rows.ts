import { useMemo } from 'react';
import { useMore } from '../lib/use-more.ts';
import { flatten, type Pages } from './pages.ts';
import { problemOf } from './problem.ts';

/** What a screen shows of a list that is read page by page, and how it reads on. */
export function useRows<Row extends { id: string }>(
  list: Parameters<typeof useMore>[0] & {
    currentData?: Pages<Row> | undefined;
    error?: unknown;
    isFetching: boolean;
    refetch: () => unknown;
  },
) {
  const { currentData, error, isFetching, isFetchNextPageError, fetchNextPage, refetch } = list;
  return {
    rows: useMemo(() => flatten(currentData), [currentData]),
    problem: problemOf(error),
    isLoading: currentData === undefined && error === undefined,
    onMore: useMore(list),
    again: {
      isBusy: isFetching,
      run: () => {
        if (isFetchNextPageError) fetchNextPage();
        else refetch();
      },
    },
  };
}
