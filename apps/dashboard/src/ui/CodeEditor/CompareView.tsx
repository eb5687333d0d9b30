import { lazy, Suspense } from 'react';
import styles from './CodeEditor.module.css';

const MergeCompare = lazy(() =>
  import('./MergeCompare.tsx').then((module) => ({ default: module.MergeCompare })),
);

/** Two JSON texts beside each other, with what differs coloured. */
export function CompareView(props: {
  label: string;
  before: { title: string; text: string };
  after: { title: string; text: string };
}) {
  const { label, before, after } = props;
  return (
    <section aria-label={label}>
      <div className={styles.heads}>
        <p>{before.title}</p>
        <p>{after.title}</p>
      </div>
      <div className={styles.compare}>
        <Suspense fallback={<pre className={styles.waiting}>{after.text}</pre>}>
          <MergeCompare before={before} after={after} />
        </Suspense>
      </div>
    </section>
  );
}
