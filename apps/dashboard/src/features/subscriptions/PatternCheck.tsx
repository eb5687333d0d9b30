import { asProblem } from '../../api/problem.ts';
import { useTestPatternQuery } from '../../api/subscriptions.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { IconCheck, IconUnmatched } from '../../ui/icons.ts';
import { MatchFailures } from '../../ui/MatchFailures/MatchFailures.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import styles from './Subscriptions.module.css';

const TYPING_PAUSE_MS = 300;

/** Whether the pattern is good and whether it takes the example, checked by the gateway while one types. */
export function PatternCheck(props: {
  pattern: Record<string, unknown>;
  event: Record<string, unknown>;
}) {
  // Compared as text: each keystroke makes a new object of equal content.
  const asked = useDebounced(JSON.stringify(props), TYPING_PAUSE_MS);
  const { data, error } = useTestPatternQuery(
    JSON.parse(asked) as { pattern: Record<string, unknown>; event: Record<string, unknown> },
  );
  return (
    <section className={styles.check} aria-label="Pattern check" role="status">
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {error === undefined && data?.matched === true && (
        <Badge tone="good" icon={<IconCheck />}>
          The pattern takes this event
        </Badge>
      )}
      {error === undefined && data?.matched === false && (
        <>
          <Badge tone="quiet" icon={<IconUnmatched />}>
            The pattern does not take this event
          </Badge>
          <MatchFailures failures={data.failures} />
        </>
      )}
    </section>
  );
}
