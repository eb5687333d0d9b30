import { useCallback, useMemo } from 'react';
import { useDispatch } from 'react-redux';
import { useMore } from '../lib/use-more.ts';
import { holdList } from './hold-list.ts';
import { flatten, type Pages } from './pages.ts';
import { problemOf } from './problem.ts';
import type { ApiDispatch } from './store-types.ts';

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
  const dispatch = useDispatch<ApiDispatch>();
  return {
    rows: useMemo(() => flatten(currentData), [currentData]),
    problem: problemOf(error),
    isLoading: currentData === undefined && error === undefined,
    onMore: useMore(list),
    onHold: useCallback(
      (key: string | null) => {
        dispatch(holdList(key));
      },
      [dispatch],
    ),
    again: {
      isBusy: isFetching,
      run: () => {
        if (isFetchNextPageError) fetchNextPage();
        else refetch();
      },
    },
  };
}
