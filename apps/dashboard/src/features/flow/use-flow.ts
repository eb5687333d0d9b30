import { useMemo } from 'react';
import { useGetFlowQuery } from '../../api/metrics.ts';
import { problemOf } from '../../api/problem.ts';
import { flowOf } from '../../lib/flow-lines.ts';

/** What the rates are taken over. */
const WINDOW_SECONDS = 300;
const REFRESH_MS = 3000;

/** The flow of the last minutes, asked anew every few seconds. */
export function useFlow() {
  const { data, error } = useGetFlowQuery(WINDOW_SECONDS, {
    pollingInterval: REFRESH_MS,
    skipPollingIfUnfocused: true,
  });
  const flow = useMemo(() => (data === undefined ? null : flowOf(data)), [data]);
  return { flow, problem: problemOf(error) };
}
