import type { ReactNode } from 'react';
import styles from './PointerList.module.css';

/** Places in a document, each with what is said of it. */
export function PointerList(props: {
  label?: string;
  rows: readonly { key: string; pointer: string; words: ReactNode }[];
}) {
  return (
    <ul className={styles.list} aria-label={props.label}>
      {props.rows.map(({ key, pointer, words }) => (
        <li key={key}>
          <code>{pointer}</code>
          {words}
        </li>
      ))}
    </ul>
  );
}
