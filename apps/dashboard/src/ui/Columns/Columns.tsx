import type { CSSProperties, ReactNode } from 'react';
import styles from './Columns.module.css';

/** Two parts of a screen beside each other, or one below the other where there is no room. */
export function Columns(props: {
  /** How the width is shared; alike when left out. */
  first?: number;
  second?: number;
  /** The second is never narrower while both are beside each other. */
  secondLeastPx?: number;
  gap?: 4 | 5;
  /** The lower one becomes as high as the other. */
  isStretched?: boolean;
  children: ReactNode;
}) {
  const { first = 1, second = 1, secondLeastPx = 0, gap = 4, isStretched = false } = props;
  const widths = `minmax(0, ${first}fr) minmax(${secondLeastPx}px, ${second}fr)`;
  return (
    <div
      className={`${styles.columns} ${isStretched ? styles.stretched : ''}`}
      style={{ '--widths': widths, gap: `var(--space-${gap})` } as CSSProperties}
    >
      {props.children}
    </div>
  );
}
