import styles from './Sparkline.module.css';

const WIDTH = 120;
const HEIGHT = 28;
const FEWEST_SLOTS = 20;

/** Values as a line without axes, over the whole width; until there are some, from the right. Gaps are left out. */
export function Sparkline(props: {
  values: readonly (number | null)[];
  tone?: 1 | 2 | 3;
  /** What the bottom stands for; default 0. */
  from?: number;
}) {
  const { values, tone = 1, from = 0 } = props;
  const known = values.filter((value) => value !== null);
  const high = Math.max(from === 0 ? 1 : 0, ...known.map((value) => value - from));
  const step = WIDTH / (Math.max(values.length, FEWEST_SLOTS) - 1);
  const start = WIDTH - (values.length - 1) * step;
  const points = values.flatMap((value, index) => {
    if (value === null) return [];
    const y = HEIGHT - 2 - (high === 0 ? 0 : ((value - from) / high) * (HEIGHT - 4));
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
