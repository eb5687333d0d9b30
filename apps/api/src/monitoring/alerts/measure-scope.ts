import type { AlertMeasure } from '../../domain/alert.ts';
import { openOf } from '../summary.ts';
import { countOf, tallyAttempts } from '../tally-attempts.ts';
import type { Readings } from './readings.ts';

/** A target, a source, or (both null) everything. */
export interface Place {
  targetId: string | null;
  sourceId: string | null;
}

/** Fewer attempts say nothing about a rate. */
const FEWEST_ATTEMPTS = 10;

/** What a measure comes to at a place. Null: nothing to measure there, such as a rate without attempts. */
export function measureScope(
  measure: AlertMeasure,
  windowMinutes: number,
  { targetId, sourceId }: Place,
  readings: Readings,
): number | null {
  const ofTarget = <T extends { targetId: string | null }>(rows: readonly T[] = []): T[] =>
    rows.filter((row) => targetId === null || row.targetId === targetId);
  switch (measure) {
    case 'failureRatePercent': {
      const { attempts, attemptsFailed } = tallyAttempts(
        ofTarget(readings.attempts.get(windowMinutes)),
      );
      return attempts < FEWEST_ATTEMPTS ? null : (100 * attemptsFailed) / attempts;
    }
    case 'latencyP99Ms':
      return tallyAttempts(ofTarget(readings.attempts.get(windowMinutes))).p99Ms;
    case 'deadLetters':
      return ofTarget(readings.deadLetters).reduce((sum, { count }) => sum + count, 0);
    case 'backlogDeliveries':
      return ofTarget(readings.backlog).reduce((sum, entry) => sum + openOf(entry), 0);
    case 'backlogAgeSeconds':
      return Math.max(
        0,
        ...ofTarget(readings.backlog).map(
          ({ oldestCreatedAt }) => (readings.now - (oldestCreatedAt ?? readings.now)) / 1000,
        ),
      );
    case 'eventsPerMinute': {
      const rows = (readings.events.get(windowMinutes) ?? []).filter(
        (row) => sourceId === null || row.sourceId === sourceId,
      );
      return (countOf(rows, 'event.') - countOf(rows, 'event.duplicate')) / windowMinutes;
    }
    case 'conservationDifference':
      return readings.conservationDifference;
    case 'securityEvents':
      return readings.securityEvents(windowMinutes);
  }
}
