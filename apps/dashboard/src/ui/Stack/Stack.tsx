import type { ReactNode } from 'react';
import styles from './Stack.module.css';

/** Things below each other at one distance; with a label it is a part of the screen that can be found by it. */
export function Stack(props: { gap?: 3 | 4; label?: string; children: ReactNode }) {
  const { gap = 4, label, children } = props;
  const Part = label === undefined ? 'div' : 'section';
  return (
    <Part className={styles.stack} style={{ gap: `var(--space-${gap})` }} aria-label={label}>
      {children}
    </Part>
  );
}
