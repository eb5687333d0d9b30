import type { Delivery } from '@signalbox/api/contract';
import type { NameOf } from '../../api/names.ts';
import { paths } from '../../lib/paths.ts';
import { reasonText } from '../../lib/text.ts';
import { DeliveryBadge } from '../../ui/Badge/StateBadge.tsx';
import type { Column } from '../../ui/DataTable/DataTable.tsx';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { IconReplay } from '../../ui/icons.ts';
import { Time } from '../../ui/Time/Time.tsx';

/** The columns of the deliveries list. */
export function deliveryColumns(targetName: NameOf): Column<Delivery>[] {
  return [
    {
      key: 'type',
      header: 'Event type',
      width: 'minmax(170px, 2.2fr)',
      cell: (row) => (
        <RowLink to={paths.eventDelivery(row.eventId, row.id)}>{row.eventType}</RowLink>
      ),
    },
    {
      key: 'state',
      header: 'State',
      width: '126px',
      cell: (row) => (
        <>
          <DeliveryBadge state={row.state} />
          {row.replayId !== null && (
            <>
              {' '}
              <IconReplay aria-label="Replayed" role="img" />
            </>
          )}
        </>
      ),
    },
    {
      key: 'target',
      header: 'Target',
      width: 'minmax(100px, 1fr)',
      cell: (row) => targetName(row.targetId) ?? row.targetId,
    },
    {
      key: 'created',
      header: 'Created',
      width: '92px',
      cell: (row) => <Time at={row.createdAt} />,
    },
    {
      key: 'reason',
      header: 'Last outcome',
      width: 'minmax(90px, 0.9fr)',
      isWideOnly: true,
      cell: (row) =>
        row.waitsFor !== null
          ? 'waits for its turn'
          : row.reason === null
            ? row.lastStatusCode !== null && `HTTP ${row.lastStatusCode}`
            : reasonText(row.reason),
    },
    {
      key: 'attempts',
      header: 'Attempts',
      width: '70px',
      align: 'end',
      isWideOnly: true,
      cell: (row) => row.attemptCount,
    },
    {
      key: 'next',
      header: 'Next try',
      width: '92px',
      isWideOnly: true,
      cell: (row) => (row.nextAttemptAt === null ? '–' : <Time at={row.nextAttemptAt} />),
    },
  ];
}
