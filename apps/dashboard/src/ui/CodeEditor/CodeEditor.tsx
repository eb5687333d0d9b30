import { lazy, Suspense, useId } from 'react';
import type { CodeEditorProps } from './editor-types.ts';
import styles from './CodeEditor.module.css';

const CodeMirrorEditor = lazy(() =>
  import('./CodeMirrorEditor.tsx').then((module) => ({ default: module.CodeMirrorEditor })),
);

/** A text with a language: coloured, completed, with what is wrong underlined. The editor behind it loads with the first one. */
export function CodeEditor(props: CodeEditorProps & { rows: number; hint?: string }) {
  const { rows, hint, ...editor } = props;
  const id = useId();
  const [first] = props.faults ?? [];
  return (
    <div className={styles.field} role="group" aria-labelledby={id}>
      <p id={id} className={styles.label}>
        {props.label}
      </p>
      <div
        className={styles.frame}
        style={{ minHeight: `${String(rows * 1.5 + 1)}em` }}
        data-faulty={first !== undefined}
      >
        <Suspense fallback={<pre className={styles.waiting}>{props.value}</pre>}>
          <CodeMirrorEditor {...editor} rows={rows} />
        </Suspense>
      </div>
      {first === undefined ? (
        hint !== undefined && <p className={styles.hint}>{hint}</p>
      ) : (
        <p className={styles.fault}>{first.message}</p>
      )}
    </div>
  );
}
