import { lazy, Suspense, useState } from 'react';
import { exactTime } from '../../lib/time.ts';
import { useSeen } from '../../lib/use-seen.ts';
import type { ChartProps } from './UplotChart.tsx';
import styles from './Chart.module.css';

export type { ChartLine } from './UplotChart.tsx';

const UplotChart = lazy(() =>
  import('./UplotChart.tsx').then((module) => ({ default: module.UplotChart })),
);

/** Lines over time, with the values under the pointer in the legend; the library behind it loads with the first chart in sight. */
export function Chart(props: Omit<ChartProps, 'onPoint'>) {
  const { label, times, lines, formatValue } = props;
  const [plot, setPlot] = useState<HTMLDivElement | null>(null);
  const isSeen = useSeen(plot);
  const [pointed, setPointed] = useState<number | null>(null);
  const time = pointed === null ? undefined : times[pointed];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend}>
        {lines.map((line) => {
          const value = pointed === null ? null : (line.values[pointed] ?? null);
          return (
            <span key={line.label} className={styles.item}>
              <i className={`${styles.swatch} ${styles[`tone${line.tone}`]}`} />
              {line.label}
              {value !== null && <strong>{formatValue(value)}</strong>}
            </span>
          );
        })}
        {time !== undefined && <span className={styles.time}>{exactTime(time * 1000)}</span>}
      </figcaption>
      <div ref={setPlot} className={styles.plot} role="img" aria-label={label}>
        {isSeen && (
          <Suspense fallback={null}>
            <UplotChart {...props} onPoint={setPointed} />
          </Suspense>
        )}
      </div>
    </figure>
  );
}
