import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';

/** A modal box; Escape and a click beside it close it. */
export function Dialog(props: {
  title: string;
  /** What there is to know before choosing. */
  text?: ReactNode;
  onClose: () => void;
  isWide?: boolean;
  children: ReactNode;
}) {
  const { title, text, onClose, isWide = false, children } = props;
  const element = useRef<HTMLDialogElement>(null);
  // Closed while it still stands in the document: only then the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={`${styles.dialog} ${isWide ? styles.wide : ''}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className={styles.content}>
        <h2>{title}</h2>
        {text !== undefined && <p className={styles.text}>{text}</p>}
        {children}
      </div>
    </dialog>
  );
}
