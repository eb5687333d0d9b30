import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Page.module.css';

/** The frame of a screen: heading, actions, content. `fill` gives the content the rest of the height. */
export function Page(props: {
  title: string;
  /** Where one level up is. */
  parent?: { to: string; label: string };
  meta?: ReactNode;
  actions?: ReactNode;
  fill?: boolean;
  /** A form or a text: no wider than can be read. */
  isNarrow?: boolean;
  children: ReactNode;
}) {
  const { title, parent, meta, actions, fill = false, isNarrow = false, children } = props;
  useEffect(() => {
    document.title = `${title} · Signalbox`;
  }, [title]);
  return (
    <div className={`${styles.page} ${fill ? styles.fill : ''} ${isNarrow ? styles.narrow : ''}`}>
      <header className={styles.header}>
        <div className={styles.heading}>
          {parent !== undefined && (
            <Link className={styles.parent} to={parent.to} aria-label={`Back to ${parent.label}`}>
              {parent.label}
            </Link>
          )}
          <h1>{title}</h1>
          {meta}
        </div>
        <div className={styles.actions}>{actions}</div>
      </header>
      {children}
    </div>
  );
}
