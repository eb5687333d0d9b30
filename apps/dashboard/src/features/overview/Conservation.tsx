import { useGetConservationQuery } from '../../api/metrics.ts';
import { asProblem } from '../../api/problem.ts';
import { formatCount } from '../../lib/text.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { IconAlert, IconCheck } from '../../ui/icons.ts';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import styles from './Conservation.module.css';

const REFRESH_MS = 15_000;

/** Proof that nothing was lost: what came in equals what became of it. */
export function Conservation() {
  const { data, error } = useGetConservationQuery(undefined, {
    pollingInterval: REFRESH_MS,
    skipPollingIfUnfocused: true,
  });
  return (
    <Card
      title="Nothing lost"
      actions={
        data !== undefined && (
          <Verdict isBalanced={data.events.balanced && data.deliveries.balanced} />
        )
      }
    >
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {data === undefined && error === undefined && <SkeletonLines lines={4} label="Counting" />}
      {data !== undefined && (
        <div className={styles.sums}>
          <Sum
            total={['events accepted', data.events.accepted]}
            parts={[
              ['routed', data.events.routed],
              ['unmatched', data.events.unmatched],
              ['quarantined', data.events.quarantined],
            ]}
          />
          <Sum
            total={['deliveries made', data.deliveries.made]}
            parts={[
              ['succeeded', data.deliveries.succeeded],
              ['pending', data.deliveries.pending],
              ['delivering', data.deliveries.delivering],
              ['retrying', data.deliveries.retrying],
              ['dead', data.deliveries.dead],
              ['cancelled', data.deliveries.cancelled],
            ]}
          />
        </div>
      )}
    </Card>
  );
}

function Verdict({ isBalanced }: { isBalanced: boolean }) {
  return isBalanced ? (
    <Badge tone="good" icon={<IconCheck />}>
      Balanced
    </Badge>
  ) : (
    <Badge tone="bad" icon={<IconAlert />}>
      Does not add up
    </Badge>
  );
}

type Term = readonly [string, number];

function Sum({ total, parts }: { total: Term; parts: readonly Term[] }) {
  return (
    <div className={styles.sum}>
      <p className={styles.total}>
        <strong>{formatCount(total[1])}</strong> {total[0]}
      </p>
      <ul className={styles.parts}>
        {parts.map(([word, count]) => (
          <li key={word} data-zero={count === 0}>
            <strong>{formatCount(count)}</strong> {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
