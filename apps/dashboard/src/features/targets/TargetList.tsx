import type { Summary, Target } from '@signalbox/api/contract';
import { useMemo } from 'react';
import { useGetSummaryQuery } from '../../api/metrics.ts';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListTargetsQuery } from '../../api/targets.ts';
import { paths } from '../../lib/paths.ts';
import { formatCount, formatShare } from '../../lib/text.ts';
import { formatDuration } from '../../lib/time.ts';
import { ResourceBadge, BreakerBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const WINDOW_SECONDS = 900;
const REFRESH_MS = 5000;

type HealthOf = ReadonlyMap<string, Summary['targets'][number]>;

const columnsOf = (health: HealthOf): Column<Target>[] => [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(140px, 1.2fr)',
    cell: (target) => <RowLink to={paths.target(target.id)}>{target.name}</RowLink>,
  },
  {
    key: 'state',
    header: 'State',
    width: '100px',
    cell: (target) => <ResourceBadge state={target.state} />,
  },
  {
    key: 'url',
    header: 'URL',
    width: 'minmax(160px, 2.4fr)',
    cell: (target) => <code title={target.url}>{target.url}</code>,
  },
  {
    key: 'changed',
    header: 'Changed',
    width: '92px',
    cell: (target) => <Time at={target.updatedAt} />,
  },
  {
    key: 'breaker',
    header: 'Breaker',
    width: '104px',
    isWideOnly: true,
    cell: (target) => <BreakerBadge state={health.get(target.id)?.breaker ?? target.breaker} />,
  },
  {
    key: 'succeeded',
    header: 'Succeeded',
    width: '80px',
    align: 'end',
    isWideOnly: true,
    cell: (target) => formatShare(health.get(target.id)?.successRate ?? null),
  },
  {
    key: 'p95',
    header: 'p95',
    width: '64px',
    align: 'end',
    isWideOnly: true,
    cell: (target) => {
      const p95Ms = health.get(target.id)?.p95Ms ?? null;
      return p95Ms === null ? '–' : formatDuration(p95Ms);
    },
  },
  {
    key: 'backlog',
    header: 'Backlog',
    width: '64px',
    align: 'end',
    isWideOnly: true,
    cell: (target) => formatCount(health.get(target.id)?.backlog ?? 0),
  },
];

export function TargetList() {
  const { data = [], isLoading, error } = useListTargetsQuery(undefined);
  const { data: summary } = useGetSummaryQuery(WINDOW_SECONDS, {
    pollingInterval: REFRESH_MS,
    skipPollingIfUnfocused: true,
  });
  const columns = useMemo(
    () => columnsOf(new Map(summary?.targets.map((row) => [row.targetId, row]))),
    [summary],
  );
  const refusal = useRefusal('admin');
  return (
    <ListScreen
      title="Targets"
      meta={<Muted isInline>figures of the last 15 min</Muted>}
      actions={<NewButton to={paths.newTarget} label="New target" refusal={refusal} />}
      exported={useExport('/v1/targets')}
      problem={problemOf(error)}
      rows={data}
      rowKey={(target) => target.id}
      rowLink={(target) => paths.target(target.id)}
      columns={columns}
      isLoading={isLoading}
      empty={
        <EmptyState
          title="No targets yet"
          action={
            refusal === null && (
              <ButtonLink look="primary" to={paths.newTarget}>
                Make a target
              </ButtonLink>
            )
          }
        >
          <p>
            A target is a URL that receives events as signed HTTP requests, retried until it
            answers.
          </p>
        </EmptyState>
      }
    />
  );
}
