import type { Summary } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { useRefusal } from '../../api/roles.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, formatShare } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { BreakerBadge, ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import { Card } from '../../ui/Card/Card.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { SkeletonLines } from '../../ui/Skeleton/Skeleton.tsx';
import { SimpleTable } from '../../ui/SimpleTable/SimpleTable.tsx';

/** How each target does in the range: first those that nothing is delivered to, then by what waits for them. */
export function TargetsHealth({ summary }: { summary: Summary | undefined }) {
  const { data: targets } = useListTargetsQuery(undefined);
  const refusal = useRefusal('admin');
  return (
    <Card title="Targets" isFlush>
      {summary === undefined || targets === undefined ? (
        <SkeletonLines lines={4} label="Reading targets" />
      ) : targets.length === 0 ? (
        <EmptyState
          title="No targets yet"
          action={
            <NewButton to={paths.newTarget} label="Make a target" look="plain" refusal={refusal} />
          }
        >
          <p>How each target does will stand here.</p>
        </EmptyState>
      ) : (
        <SimpleTable
          label="Health of the targets"
          headers={['Target', 'State', 'Succeeded', 'p95', 'Backlog']}
          endFrom={2}
          rows={targets
            .map((target) => {
              const health = summary.targets.find((row) => row.targetId === target.id);
              const breaker = health?.breaker ?? target.breaker;
              const isStopped = breaker !== 'closed' || target.state === 'disabled';
              return { target, health, breaker, isStopped };
            })
            .sort(
              (left, right) =>
                Number(right.isStopped) - Number(left.isStopped) ||
                (right.health?.backlog ?? 0) - (left.health?.backlog ?? 0),
            )
            .slice(0, 12)
            .map(({ target, health, breaker }) => ({
              key: target.id,
              cells: [
                <Link key="name" to={paths.target(target.id)}>
                  {target.name}
                </Link>,
                target.state === 'active' && breaker !== 'closed' ? (
                  <BreakerBadge state={breaker} />
                ) : (
                  <ResourceBadge state={target.state} />
                ),
                formatShare(health?.successRate ?? null),
                health?.p95Ms == null ? '–' : formatDuration(health.p95Ms),
                formatCount(health?.backlog ?? 0),
              ],
            }))}
        />
      )}
    </Card>
  );
}
