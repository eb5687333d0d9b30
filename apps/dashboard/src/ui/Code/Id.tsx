import { shortId } from '../../lib/text.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './Id.module.css';

/** An id in short form with the whole on hover and a button that copies it. */
export function Id({ id, isWhole = false }: { id: string; isWhole?: boolean }) {
  return (
    <span className={styles.id}>
      <code title={id}>{isWhole ? id : shortId(id)}</code>
      <CopyButton text={id} label="Copy id" />
    </span>
  );
}
