import { changesOf } from '../../lib/changes-of.ts';
import { Muted } from '../Muted/Muted.tsx';
import { SimpleTable } from '../SimpleTable/SimpleTable.tsx';
import styles from './Changes.module.css';

/** What a change made of a thing, member by member. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return <Muted>Nothing that is shown of it has changed.</Muted>;
  return (
    <SimpleTable
      label="What changed"
      headers={['Member', 'Before', 'After']}
      rows={changes.map((change) => ({
        key: change.path,
        cells: [
          <code key="path">{change.path}</code>,
          <Value key="before" text={change.before} className={styles.before} />,
          <Value key="after" text={change.after} className={styles.after} />,
        ],
      }))}
    />
  );
}

function Value({ text, className }: { text: string | null; className: string | undefined }) {
  if (text === null) return <Muted isInline>–</Muted>;
  return <code className={`${styles.value} ${className}`}>{text === '' ? '""' : text}</code>;
}
