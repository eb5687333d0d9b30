import { lazy, Suspense } from 'react';
import type { ChartProps } from './UplotChart.tsx';
import styles from './Chart.module.css';

export type { ChartLine } from './UplotChart.tsx';

const UplotChart = lazy(() =>
  import('./UplotChart.tsx').then((module) => ({ default: module.UplotChart })),
);

/** Lines over time; the library behind it loads when the first chart is drawn. */
export function Chart(props: ChartProps) {
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend}>
        {props.lines.map((line) => (
          <span key={line.label} className={styles.item}>
            <i className={`${styles.swatch} ${styles[`tone${line.tone}`]}`} />
            {line.label}
          </span>
        ))}
      </figcaption>
      <div className={styles.plot} role="img" aria-label={props.label}>
        <Suspense fallback={null}>
          <UplotChart {...props} />
        </Suspense>
      </div>
    </figure>
  );
}
