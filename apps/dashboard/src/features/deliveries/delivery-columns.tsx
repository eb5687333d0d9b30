import type { Delivery } from '@signalbox/api/contract';
import type { NameOf } from '../../api/names.ts';
import { reasonText } from '../../lib/text.ts';
import { DeliveryBadge } from '../../ui/Badge/StateBadge.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import {
  ATTEMPTS_COLUMN,
  eventTypeColumn,
  targetColumn,
} from '../../ui/DeliveryColumns/delivery-columns.tsx';
import { IconReplay } from '../../ui/icons.ts';
import { Time } from '../../ui/Time/Time.tsx';

/** The columns of the deliveries list. */
export function deliveryColumns(targetName: NameOf): Column<Delivery>[] {
  return [
    eventTypeColumn(2.2),
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
    targetColumn(targetName),
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
    ATTEMPTS_COLUMN,
    {
      key: 'next',
      header: 'Next try',
      width: '92px',
      isWideOnly: true,
      cell: (row) => (row.nextAttemptAt === null ? '–' : <Time at={row.nextAttemptAt} />),
    },
  ];
}
