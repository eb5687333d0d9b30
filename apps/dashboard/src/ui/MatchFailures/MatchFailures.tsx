import { PointerList } from '../PointerList/PointerList.tsx';

interface Failure {
  pointer: string;
  operator: string;
  expected?: unknown;
  actual?: unknown;
}

/** What of a pattern an event missed: the field, what was expected, what was there. */
export function MatchFailures({ failures }: { failures: readonly Failure[] }) {
  return (
    <PointerList
      rows={failures.map(({ pointer, operator, expected, actual }) => ({
        key: `${pointer} ${operator}`,
        pointer,
        words: (
          <>
            <span>
              expected {operator} <code>{JSON.stringify(expected)}</code>
            </span>
            <span>
              {actual === undefined ? (
                'there was nothing'
              ) : (
                <>
                  there was <code>{JSON.stringify(actual)}</code>
                </>
              )}
            </span>
          </>
        ),
      }))}
    />
  );
}
