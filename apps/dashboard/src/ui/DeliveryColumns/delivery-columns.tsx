import type { Delivery } from '@signalbox/api/contract';
import { paths } from '../../lib/paths.ts';
import type { Column } from '../DataTable/column.ts';
import { RowLink } from '../DataTable/RowLink.tsx';

/** Columns that every list of deliveries has; each list says in which order, and adds its own. */
export const eventTypeColumn = (share: number): Column<Delivery> => ({
  key: 'type',
  header: 'Event type',
  width: `minmax(170px, ${share}fr)`,
  cell: (row) => <RowLink to={paths.eventDelivery(row.eventId, row.id)}>{row.eventType}</RowLink>,
});

export const targetColumn = (targetName: (id: string) => string | undefined): Column<Delivery> => ({
  key: 'target',
  header: 'Target',
  width: 'minmax(100px, 1fr)',
  cell: (row) => targetName(row.targetId) ?? row.targetId,
});

export const ATTEMPTS_COLUMN: Column<Delivery> = {
  key: 'attempts',
  header: 'Attempts',
  width: '70px',
  align: 'end',
  isWideOnly: true,
  cell: (row) => row.attemptCount,
};
