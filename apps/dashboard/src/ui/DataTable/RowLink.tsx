import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './DataTable.module.css';

/** The link of a row; its area is the whole row. */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      className={styles.link}
      to={to}
      title={typeof children === 'string' ? children : undefined}
    >
      {children}
    </Link>
  );
}
