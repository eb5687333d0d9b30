import { useCallback, useRef } from 'react';

/** A page that could not be read is not asked for again before that. */
const REST_MS = 5000;

/** Reads the next page of a list, unless there is none, it is being read already, or reading it has just failed. */
export function useMore(list: {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}): () => void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  return useCallback(() => {
    const isResting = isFetchNextPageError && performance.now() - askedAt.current < REST_MS;
    if (!hasNextPage || isFetchingNextPage || isResting) return;
    askedAt.current = performance.now();
    void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
}
