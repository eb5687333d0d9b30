import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** Says that there is nothing and what to do next. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{props.title}</h2>
      {props.children !== undefined && <div className={styles.text}>{props.children}</div>}
      {props.action}
    </div>
  );
}
