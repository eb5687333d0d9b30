import type { Delivery } from '@signalbox/api/contract';
import { useActOnDeliveryMutation } from '../../api/delivery-actions.ts';
import type { NameOf } from '../../api/names.ts';
import { asProblem, type ApiProblem } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
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

/** A dead letter that could not be retried, and why. */
export interface RetryFailure {
  row: Delivery;
  problem: ApiProblem;
}
type OnFailure = (failure: RetryFailure | null) => void;

/** The columns of the dead letters list; the last one retries, and tells what failed of it. */
export function deadLetterColumns(targetName: NameOf, onFailure: OnFailure): Column<Delivery>[] {
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
      cell: (row) => <RetryOne row={row} onFailure={onFailure} />,
    },
  ];
}

function RetryOne({ row, onFailure }: { row: Delivery; onFailure: OnFailure }) {
  const [act, { isLoading }] = useActOnDeliveryMutation();
  async function retry(): Promise<void> {
    onFailure(null);
    const { error } = await act({ id: row.id, action: 'retry' });
    if (error !== undefined) onFailure({ row, problem: asProblem(error) });
  }
  return (
    <Button
      size="small"
      icon={<IconRetry />}
      isBusy={isLoading}
      refusal={useRefusal('operator')}
      onClick={() => void retry()}
    >
      Retry
    </Button>
  );
}
