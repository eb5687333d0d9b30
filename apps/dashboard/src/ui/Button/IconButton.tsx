import type { ReactNode } from 'react';
import styles from './IconButton.module.css';

/** A button that is a picture alone; its label is for those who cannot see it. */
export function IconButton(props: {
  label: string;
  /** What shows when the pointer rests on it. */
  title?: string;
  isSmall?: boolean;
  isExpanded?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  const { label, title, isSmall = false, isExpanded, onClick, children } = props;
  return (
    <button
      type="button"
      className={`${styles.button} ${isSmall ? styles.small : ''}`}
      aria-label={label}
      aria-expanded={isExpanded}
      title={title}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
