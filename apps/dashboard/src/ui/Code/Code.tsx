import { CopyButton } from './CopyButton.tsx';
import styles from './Code.module.css';

/** Text in a fixed-width face that can be copied; scrolls inside its own box. */
export function Code(props: { text: string; label: string; tall?: boolean; wraps?: boolean }) {
  const { text, label, tall = false, wraps = false } = props;
  return (
    <div className={styles.box}>
      <pre
        className={`${styles.code} ${tall ? styles.tall : ''} ${wraps ? styles.wraps : ''}`}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}
