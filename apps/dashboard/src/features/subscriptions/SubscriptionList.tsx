import type { Subscription } from '@signalbox/api/contract';
import { useMemo } from 'react';
import { useTargetName, type NameOf } from '../../api/names.ts';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListSubscriptionsQuery } from '../../api/subscriptions.ts';
import { paths } from '../../lib/paths.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Time } from '../../ui/Time/Time.tsx';

function columnsOf(targetName: NameOf): Column<Subscription>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      width: 'minmax(160px, 1.4fr)',
      cell: (row) => <RowLink to={paths.subscription(row.id)}>{row.name}</RowLink>,
    },
    {
      key: 'state',
      header: 'State',
      width: '100px',
      cell: (row) => <ResourceBadge state={row.state} />,
    },
    {
      key: 'target',
      header: 'Target',
      width: 'minmax(110px, 1fr)',
      cell: (row) => targetName(row.targetId) ?? row.targetId,
    },
    {
      key: 'changed',
      header: 'Changed',
      width: '92px',
      cell: (row) => <Time at={row.updatedAt} />,
    },
    {
      key: 'pattern',
      header: 'Pattern',
      width: 'minmax(140px, 2.4fr)',
      isWideOnly: true,
      cell: (row) => <code>{JSON.stringify(row.pattern)}</code>,
    },
    {
      key: 'transform',
      header: 'Transform',
      width: '92px',
      isWideOnly: true,
      cell: (row) => row.transform?.language ?? 'none',
    },
  ];
}

export function SubscriptionList() {
  const { data = [], isLoading, error } = useListSubscriptionsQuery(undefined);
  const refusal = useRefusal('admin');
  const targetName = useTargetName();
  const columns = useMemo(() => columnsOf(targetName), [targetName]);
  return (
    <ListScreen
      title="Subscriptions"
      actions={<NewButton to={paths.newSubscription} label="New subscription" refusal={refusal} />}
      exported={useExport('/v1/subscriptions')}
      problem={problemOf(error)}
      rows={data}
      rowKey={(row) => row.id}
      rowLink={(row) => paths.subscription(row.id)}
      columns={columns}
      isLoading={isLoading}
      empty={
        <EmptyState
          title="No subscriptions yet"
          action={
            refusal === null && (
              <ButtonLink look="primary" to={paths.newSubscription}>
                Make a subscription
              </ButtonLink>
            )
          }
        >
          <p>A subscription says which events go to which target, and in what shape.</p>
        </EmptyState>
      }
    />
  );
}
