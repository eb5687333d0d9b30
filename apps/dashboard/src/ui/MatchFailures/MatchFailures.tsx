import styles from './MatchFailures.module.css';

interface Failure {
  pointer: string;
  operator: string;
  expected?: unknown;
  actual?: unknown;
}

/** What of a pattern an event missed: the field, what was expected, what was there. */
export function MatchFailures({ failures }: { failures: readonly Failure[] }) {
  return (
    <ul className={styles.failures}>
      {failures.map((failure) => (
        <li key={`${failure.pointer} ${failure.operator}`}>
          <code>{failure.pointer}</code>
          <span>
            expected {failure.operator} <code>{JSON.stringify(failure.expected)}</code>
          </span>
          <span>
            {failure.actual === undefined ? (
              'there was nothing'
            ) : (
              <>
                there was <code>{JSON.stringify(failure.actual)}</code>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
