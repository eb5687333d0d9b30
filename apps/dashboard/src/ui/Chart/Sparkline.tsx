import styles from './Sparkline.module.css';

const WIDTH = 120;
const HEIGHT = 28;

/** Values as a line without axes; gaps are left out. */
export function Sparkline(props: {
  values: readonly (number | null)[];
  tone?: 1 | 2 | 3;
  /** Room for at least so many values; fewer stand at the right. */
  slots?: number;
}) {
  const { values, tone = 1, slots = 2 } = props;
  const known = values.filter((value) => value !== null);
  const high = 1.2 * Math.max(Number.EPSILON, ...known);
  const step = WIDTH / (Math.max(values.length, slots) - 1);
  const start = WIDTH - (values.length - 1) * step;
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const y = HEIGHT - 2 - (value / high) * (HEIGHT - 4);
    return [[start + index * step, y] as const];
  });
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) {
    return <svg className={styles.sparkline} aria-hidden="true" />;
  }
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const bottom = String(HEIGHT);
  return (
    <svg
      className={`${styles.sparkline} ${styles[`tone${tone}`]}`}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polygon
        points={`${first[0].toFixed(1)},${bottom} ${line} ${last[0].toFixed(1)},${bottom}`}
      />
      <polyline points={line} />
    </svg>
  );
}
