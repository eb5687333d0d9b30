import { percentileMs } from '../domain/histogram.ts';
import type { RollupRow } from '../store/store.ts';
import { countOf, mergeHistograms } from './tally-attempts.ts';

interface MeasureDefinition {
  /** Prefixes of the rollups that it is made of. */
  from: readonly string[];
  /** The figure for the rows of one step. */
  value: (rows: readonly RollupRow[]) => number | null;
}

const counter = (...from: readonly string[]): MeasureDefinition => ({
  from,
  value: (rows) => from.reduce((sum, prefix) => sum + countOf(rows, prefix), 0),
});

const latency = (share: number): MeasureDefinition => ({
  from: ['latency'],
  value: (rows) =>
    percentileMs(mergeHistograms(rows.filter(({ measure }) => measure === 'latency')), share),
});

/** How each measure of a time series is made of rollups. */
export const MEASURE_DEFINITIONS = {
  eventsAccepted: counter('event.routed', 'event.unmatched', 'event.quarantined'),
  eventsUnmatched: counter('event.unmatched'),
  eventsQuarantined: counter('event.quarantined'),
  eventsDuplicate: counter('event.duplicate'),
  deliveriesMade: counter('delivery.made'),
  deliveriesSucceeded: counter('delivery.succeeded'),
  deliveriesDead: counter('delivery.dead'),
  attempts: counter('attempt.'),
  attemptsFailed: counter('attempt.3xx', 'attempt.4xx', 'attempt.5xx', 'attempt.error'),
  latencyP50Ms: latency(0.5),
  latencyP95Ms: latency(0.95),
  latencyP99Ms: latency(0.99),
} satisfies Record<string, MeasureDefinition>;

export type MeasureName = keyof typeof MEASURE_DEFINITIONS;
export const MEASURE_NAMES = Object.keys(MEASURE_DEFINITIONS) as MeasureName[];
