import type { ReactNode } from 'react';
import { IconAlert } from '../icons.ts';
import styles from './Problem.module.css';

/** What of a failed request is shown. */
export interface ShownProblem {
  title: string;
  detail: string;
  requestId: string | null;
  faults: readonly { pointer: string; detail: string }[];
}

/** A failure with what the server said and the id to find it in the logs. */
export function Problem({ problem, children }: { problem: ShownProblem; children?: ReactNode }) {
  return (
    <div className={styles.problem} role="alert">
      <IconAlert />
      <div className={styles.text}>
        <p>{problem.detail}</p>
        {problem.faults.length > 0 && (
          <ul className={styles.faults}>
            {problem.faults.map((fault) => (
              <li key={`${fault.pointer} ${fault.detail}`}>
                <code>{fault.pointer === '' ? '/' : fault.pointer}</code> {fault.detail}
              </li>
            ))}
          </ul>
        )}
        {problem.requestId !== null && (
          <p className={styles.request}>
            Request <code>{problem.requestId}</code>
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
