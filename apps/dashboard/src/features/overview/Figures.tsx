import type { Summary } from '@signalbox/api/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLiveStatsQuery } from '../../api/metrics.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, formatRate, formatShare, plural } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { Sparkline } from '../../ui/Chart/Sparkline.tsx';
import { Skeleton } from '../../ui/Skeleton/Skeleton.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import type { Range } from './ranges.ts';
import { successShares, valuesOf } from './series.ts';
import { useSeries } from './use-series.ts';
import styles from './Figures.module.css';

/** The line of what happens now is full after so many seconds, and gets denser from there. */
const LIVE_SLOTS = 24;
const duration = (value: number | null) => (value === null ? '–' : formatDuration(value));

/** The figures at the top: what happens now, and how the chosen range went. */
export function Figures({ summary, range }: { summary: Summary | undefined; range: Range }) {
  const { words } = range;
  const { data: stats = [] } = useLiveStatsQuery(undefined);
  const { currentData: series } = useSeries(range);
  const now = stats.at(-1);
  const isBad = summary !== undefined && summary.deadLetters > 0;
  return (
    <div className={styles.figures}>
      <Figure
        to={paths.events}
        label="Events now"
        value={now && formatRate(now.eventsPerSecond)}
        unit="/s"
        note={summary && `${formatCount(summary.eventsAccepted)} in ${words}`}
        extra={<Sparkline values={stats.map((row) => row.eventsPerSecond)} slots={LIVE_SLOTS} />}
      />
      <Figure
        to={paths.deliveries}
        label="Deliveries now"
        value={now && formatRate(now.deliveriesPerSecond)}
        unit="/s"
        note={summary && `${formatCount(summary.deliveriesSucceeded)} in ${words}`}
        extra={
          <Sparkline
            values={stats.map((row) => row.deliveriesPerSecond)}
            slots={LIVE_SLOTS}
            tone={2}
          />
        }
      />
      <Figure
        label="Success rate"
        value={summary && formatShare(summary.successRate)}
        note={
          summary &&
          (summary.attempts === 0
            ? `no attempt in ${words}`
            : `${formatCount(summary.attemptsFailed)} of ${plural(summary.attempts, 'attempt')} failed`)
        }
        extra={series && <Sparkline values={successShares(series)} tone={2} />}
      />
      <Figure
        label={`Latency in ${words}`}
        value={summary && duration(summary.p50Ms)}
        unit="p50"
        note={
          summary &&
          (summary.p50Ms === null
            ? 'nothing was delivered'
            : `p95 ${duration(summary.p95Ms)} · p99 ${duration(summary.p99Ms)}`)
        }
        extra={series && <Sparkline values={valuesOf(series, 'latencyP95Ms')} />}
      />
      <Figure
        to={paths.deliveriesOf({ state: 'open' })}
        label="Backlog"
        value={summary && formatCount(summary.backlog)}
        note={
          summary &&
          (summary.oldestOpenAt === null ? (
            'nothing waits'
          ) : (
            <>
              oldest <Time at={summary.oldestOpenAt} />
            </>
          ))
        }
        extra={<Sparkline values={stats.map((row) => row.backlog)} slots={LIVE_SLOTS} />}
      />
      <Figure
        to={paths.deadLetters}
        label="Dead letters"
        isBad={isBad}
        value={summary && formatCount(summary.deadLetters)}
        note={summary && (isBad ? 'waiting for a person' : 'nothing to repair')}
        extra={
          <Sparkline values={stats.map((row) => row.deadLetters)} slots={LIVE_SLOTS} tone={3} />
        }
      />
    </div>
  );
}

function Figure(props: {
  label: string;
  value: string | undefined;
  unit?: string;
  note: ReactNode;
  extra?: ReactNode;
  to?: string;
  isBad?: boolean;
}) {
  const { label, value, unit, note, extra, to, isBad = false } = props;
  return (
    <section className={styles.figure} aria-label={label}>
      <h2 className={styles.label}>
        {to === undefined ? (
          label
        ) : (
          <Link className={styles.link} to={to}>
            {label}
          </Link>
        )}
      </h2>
      <p className={styles.value} data-bad={isBad}>
        {value ?? <Skeleton width="64px" height={26} />}
        {value !== undefined && unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </p>
      <p className={styles.note}>{note ?? <Skeleton width="110px" height={12} />}</p>
      {extra}
    </section>
  );
}
