import type { ReactNode } from 'react';
import styles from './Card.module.css';

/** A bordered part of a screen with a heading and, on its right, actions. */
export function Card(props: {
  title?: string;
  actions?: ReactNode;
  isFlush?: boolean;
  children: ReactNode;
}) {
  const { title, actions, isFlush = false, children } = props;
  return (
    <section className={styles.card} {...(title === undefined ? {} : { 'aria-label': title })}>
      {(title !== undefined || actions !== undefined) && (
        <header className={styles.header}>
          {title !== undefined && <h2>{title}</h2>}
          <div className={styles.actions}>{actions}</div>
        </header>
      )}
      <div className={isFlush ? '' : styles.body}>{children}</div>
    </section>
  );
}
