import styles from './Skeleton.module.css';

/** Holds the place of something that is being read. */
export function Skeleton({ width = '100%', height = 14 }: { width?: string; height?: number }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden="true" />;
}

/** Holds the place of a block of lines. */
export function SkeletonLines({ lines, label }: { lines: number; label: string }) {
  return (
    <div className={styles.lines} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_unused, index) => (
        <Skeleton key={index} width={`${String(90 - ((index * 17) % 40))}%`} />
      ))}
    </div>
  );
}
