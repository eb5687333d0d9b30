import type { Measure } from '@signalbox/api/contract';
import { useGetTimeseriesQuery } from '../../api/metrics.ts';
import type { Range } from './ranges.ts';

const REFRESH_MS = 15_000;
const MEASURES: Measure[] = [
  'eventsAccepted',
  'deliveriesSucceeded',
  'attempts',
  'attemptsFailed',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
];

/** Everything that the overview draws over time, in one request. */
export function useSeries(range: Range) {
  return useGetTimeseriesQuery(
    { measures: MEASURES, step: range.stepSeconds, windowSeconds: range.seconds },
    { pollingInterval: REFRESH_MS, skipPollingIfUnfocused: true },
  );
}
