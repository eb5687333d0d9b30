import { Badge } from '../../ui/Badge/Badge.tsx';
import { IconAlert, IconCheck, IconUnmatched } from '../../ui/icons.ts';
import { MatchFailures } from '../../ui/MatchFailures/MatchFailures.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import type { usePatternCheck } from './use-checks.ts';
import styles from './Subscriptions.module.css';

/** Whether the pattern is good and whether it takes the event; if not, what the event missed. */
export function PatternVerdict({ check }: { check: ReturnType<typeof usePatternCheck> }) {
  const { result, problem, faults } = check;
  return (
    <section className={styles.check} aria-label="Pattern check" role="status">
      {problem !== null && faults.length === 0 && <Problem problem={problem} />}
      {faults.length > 0 && (
        <Badge tone="bad" icon={<IconAlert />}>
          The pattern is not valid
        </Badge>
      )}
      {problem === null && result?.matched === true && (
        <Badge tone="good" icon={<IconCheck />}>
          The pattern takes this event
        </Badge>
      )}
      {problem === null && result?.matched === false && (
        <>
          <Badge tone="quiet" icon={<IconUnmatched />}>
            The pattern does not take this event
          </Badge>
          <MatchFailures failures={result.failures} />
        </>
      )}
    </section>
  );
}
