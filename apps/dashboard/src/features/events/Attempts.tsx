import type { Event } from '@signalbox/api/contract';
import { useListAttemptsQuery } from '../../api/deliveries.ts';
import { asProblem } from '../../api/problem.ts';
import { reasonText } from '../../lib/text.ts';
import { clockTime, exactTime, formatDuration } from '../../lib/time.ts';
import { useUrlFilters } from '../../lib/url-filters.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { IconAlert, IconCheck } from '../../ui/icons.ts';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { AttemptDetail } from './AttemptDetail.tsx';
import { isSuccess, outcomeOf } from './attempt-outcome.ts';
import styles from './Attempts.module.css';

const IN_URL = { many: [], one: ['attempt'] } as const;

/** The attempts of a delivery, newest first, and one of them in full. */
export function Attempts({ deliveryId, event }: { deliveryId: string; event: Event }) {
  const { filters, setFilter } = useUrlFilters<never, 'attempt'>(IN_URL);
  const { currentData: attempts, error } = useListAttemptsQuery(deliveryId);
  if (error !== undefined) return <Problem problem={asProblem(error)} />;
  if (attempts === undefined) return <SkeletonLines lines={3} label="Reading attempts" />;
  if (attempts.length === 0) {
    return <Muted>No attempt yet. The first one starts as soon as it is due.</Muted>;
  }
  const chosen = attempts.find((attempt) => attempt.id === filters.attempt) ?? attempts[0];
  return (
    <>
      <ol className={styles.attempts} aria-label="Attempts">
        {attempts.map((attempt) => {
          const startedAt = Date.parse(attempt.startedAt);
          return (
            <li key={attempt.id}>
              <button
                type="button"
                className={styles.attempt}
                aria-pressed={attempt.id === chosen?.id}
                onClick={() => setFilter('attempt', attempt.id)}
              >
                <span className={styles.number}>#{attempt.number}</span>
                <Badge
                  tone={isSuccess(attempt) ? 'good' : 'bad'}
                  icon={isSuccess(attempt) ? <IconCheck /> : <IconAlert />}
                >
                  {outcomeOf(attempt)}
                </Badge>
                <span className={styles.duration}>{formatDuration(attempt.durationMs)}</span>
                <time dateTime={attempt.startedAt} title={exactTime(startedAt)}>
                  {clockTime(startedAt)}
                </time>
                <span className={styles.error}>
                  {attempt.error ?? (attempt.errorKind && reasonText(attempt.errorKind))}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      {chosen !== undefined && <AttemptDetail attempt={chosen} event={event} />}
    </>
  );
}
