import { Button } from '../Button/Button.tsx';
import styles from './Form.module.css';

/** Says that what is being edited was changed meanwhile, and offers to take that over. */
export function Outdated({ onReload }: { onReload: () => void }) {
  return (
    <div className={styles.outdated} role="status">
      <p>Someone changed this while you were editing. Saving will be refused.</p>
      <Button size="small" onClick={onReload}>
        Drop my changes and show theirs
      </Button>
    </div>
  );
}
