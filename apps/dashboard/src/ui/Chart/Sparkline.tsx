import styles from './Sparkline.module.css';

const WIDTH = 120;
const HEIGHT = 28;

/** The last values as a line without axes. */
export function Sparkline({ values, slots }: { values: readonly number[]; slots: number }) {
  const high = Math.max(1, ...values);
  const step = WIDTH / (slots - 1);
  const start = WIDTH - (values.length - 1) * step;
  const points = values.map((value, index) => {
    const x = start + index * step;
    const y = HEIGHT - 2 - (value / high) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {values.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
}
