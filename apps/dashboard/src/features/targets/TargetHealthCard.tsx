import { Link } from 'react-router';
import { asProblem } from '../../api/problem.ts';
import { useGetTargetHealthQuery } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, formatShare } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { BreakerBadge } from '../../ui/Badge/StateBadge.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';
import { Problem } from '../../ui/Problem/Problem.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { Time } from '../../ui/Time/Time.tsx';
import { heldBack } from './held-back.tsx';

const REFRESH_MS = 5000;
const duration = (value: number | null) => (value === null ? '–' : formatDuration(value));

/** How a target did in the last 15 minutes. */
export function TargetHealthCard(props: { targetId: string; stateReason: string | null }) {
  const { targetId, stateReason } = props;
  const { currentData: health, error } = useGetTargetHealthQuery(targetId, {
    pollingInterval: REFRESH_MS,
    skipPollingIfUnfocused: true,
  });
  return (
    <Card title="Health" actions="last 15 min">
      {error !== undefined && <Problem problem={asProblem(error)} />}
      {health === undefined && error === undefined && (
        <SkeletonLines lines={6} label="Reading the health" />
      )}
      {health !== undefined && (
        <Facts
          facts={[
            ['Why not active', stateReason],
            ['Held back', heldBack(health)],
            ['Breaker', <BreakerBadge key="breaker" state={health.breaker} />],
            [
              'Succeeded',
              `${formatShare(health.successRate)} of ${formatCount(health.attempts)} attempts`,
            ],
            [
              'Latency',
              `p50 ${duration(health.p50Ms)} · p95 ${duration(health.p95Ms)} · p99 ${duration(health.p99Ms)}`,
            ],
            [
              'Backlog',
              <span key="backlog">
                <Link to={paths.deliveriesOf({ targetId, state: 'open' })}>
                  {formatCount(health.backlog)}
                </Link>
                {health.oldestOpenAt !== null && (
                  <>
                    {' '}
                    · oldest <Time at={health.oldestOpenAt} />
                  </>
                )}
              </span>,
            ],
            ['In flight', formatCount(health.inFlight)],
          ]}
        />
      )}
    </Card>
  );
}
