import type { Delivery } from '@signalbox/api/contract';
import type { NameOf } from '../../api/names.ts';
import { useDeliveryAction } from '../../api/use-delivery-action.ts';
import { reasonText } from '../../lib/text.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { Button } from '../../ui/Button/Button.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import {
  ATTEMPTS_COLUMN,
  eventTypeColumn,
  targetColumn,
} from '../../ui/DeliveryColumns/delivery-columns.tsx';
import { IconDead, IconRetry } from '../../ui/icons.ts';
import { Time } from '../../ui/Time/Time.tsx';

/** The columns of the dead letters list; the last one retries. */
export function deadLetterColumns(targetName: NameOf): Column<Delivery>[] {
  return [
    eventTypeColumn(1.5),
    {
      key: 'reason',
      header: 'Reason',
      width: '164px',
      cell: (row) => (
        <Badge tone="bad" icon={<IconDead />}>
          {reasonText(row.reason ?? 'unknown')}
        </Badge>
      ),
    },
    targetColumn(targetName),
    {
      key: 'detail',
      header: 'What happened',
      width: 'minmax(120px, 1.7fr)',
      isWideOnly: 'widest',
      cell: (row) => <span title={row.reasonDetail ?? undefined}>{row.reasonDetail ?? '–'}</span>,
    },
    ATTEMPTS_COLUMN,
    {
      key: 'finished',
      header: 'Died',
      width: '92px',
      isWideOnly: true,
      cell: (row) => <Time at={row.finishedAt ?? row.createdAt} />,
    },
    {
      key: 'retry',
      header: 'Retry',
      width: '76px',
      align: 'end',
      cell: (row) => <RetryOne id={row.id} />,
    },
  ];
}

function RetryOne({ id }: { id: string }) {
  const { refusal, isBusy, problem, onAct } = useDeliveryAction(id);
  return (
    <Button
      size="small"
      icon={<IconRetry />}
      isBusy={isBusy}
      refusal={refusal}
      title={
        problem === null ? undefined : `${problem.detail} (request ${String(problem.requestId)})`
      }
      onClick={() => onAct('retry')}
    >
      Retry
    </Button>
  );
}
