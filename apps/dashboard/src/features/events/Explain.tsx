import type { Explanation } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { useExplainEventQuery } from '../../api/events.ts';
import { useTargetName } from '../../api/names.ts';
import { asProblem } from '../../api/problem.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { IconCheck, IconUnmatched } from '../../ui/icons.ts';
import { MatchFailures } from '../../ui/MatchFailures/MatchFailures.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import styles from './Explain.module.css';

type Row = Explanation['subscriptions'][number];

/** For each subscription whether the event fits it, and if not, what it missed. */
export function Explain({ eventId }: { eventId: string }) {
  const { currentData, error } = useExplainEventQuery(eventId);
  const rows = currentData?.subscriptions;
  return (
    <Card title="Why it went where it went" isFlush actions="by the subscriptions as they are now">
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {rows === undefined && error === undefined && (
        <div className={styles.row}>
          <SkeletonLines lines={3} label="Explaining" />
        </div>
      )}
      {rows?.length === 0 && (
        <EmptyState title="There are no subscriptions">
          <p>
            <Link to={paths.newSubscription}>Make one</Link> that says which events go to which
            target.
          </p>
        </EmptyState>
      )}
      <ul>
        {rows?.map((row) => (
          <ExplainRow key={row.subscriptionId} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function ExplainRow({ row }: { row: Row }) {
  const targetName = useTargetName();
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        {row.matched ? (
          <Badge tone="good" icon={<IconCheck />}>
            Matches
          </Badge>
        ) : (
          <Badge tone="quiet" icon={<IconUnmatched />}>
            Does not match
          </Badge>
        )}
        <Link className={styles.name} to={paths.subscription(row.subscriptionId)}>
          {row.subscriptionName}
        </Link>
        <Muted isInline>
          to {targetName(row.targetId) ?? row.targetId}
          {row.state === 'paused' && ' · paused'}
          {row.matched &&
            row.deliveryId === null &&
            ' · no delivery: it did not exist or did not fit when the event came in'}
          {!row.matched && row.deliveryId !== null && ' · it did match when the event came in'}
        </Muted>
      </div>
      {!row.matched && <MatchFailures failures={row.failures} />}
    </li>
  );
}
