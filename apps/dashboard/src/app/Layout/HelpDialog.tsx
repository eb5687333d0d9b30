import { Button } from '../../ui/Button/Button.tsx';
import { Dialog } from '../../ui/Dialog/Dialog.tsx';
import styles from './HelpDialog.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl K', 'Go to any screen or thing, find by id, act (⌘ K on a Mac)'],
  ['/', 'Search'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['Esc', 'Back to the newest row; close a dialog'],
  ['?', 'This help'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.buttons}>
        <Button onClick={onClose}>Close</Button>
        <a href="/docs" target="_blank" rel="noreferrer">
          API reference
        </a>
      </div>
    </Dialog>
  );
}
