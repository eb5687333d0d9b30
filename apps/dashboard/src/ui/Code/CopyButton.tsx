import { useEffect, useState } from 'react';
import { IconCheck, IconCopy } from '../icons.ts';
import styles from './Code.module.css';

/** Copies a text and says that it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => {
      setState('idle');
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  }
  const word = {
    idle: label,
    copied: 'Copied',
    failed: 'Copying is not allowed here; select the text',
  };
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={word[state]}
      title={word[state]}
      onClick={() => void copy()}
    >
      {state === 'copied' ? <IconCheck /> : <IconCopy />}
    </button>
  );
}
