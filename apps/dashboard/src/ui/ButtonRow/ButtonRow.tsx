import type { ReactNode } from 'react';
import styles from './ButtonRow.module.css';

/** Buttons beside each other; at the right edge, as in dialogs and tables, they stay in one line. */
export function ButtonRow(props: { isAtEnd?: boolean; role?: 'status'; children: ReactNode }) {
  const { isAtEnd = false, role, children } = props;
  return (
    <div className={`${styles.row} ${isAtEnd ? styles.atEnd : ''}`} role={role}>
      {children}
    </div>
  );
}
