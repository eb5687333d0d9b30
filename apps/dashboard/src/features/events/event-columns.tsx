import type { Event } from '@signalbox/api/contract';
import type { NameOf } from '../../api/names.ts';
import { paths } from '../../lib/paths.ts';
import { formatBytes, shortId } from '../../lib/text.ts';
import { EventBadge } from '../../ui/Badge/StateBadge.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { Time } from '../../ui/Time/Time.tsx';

/** The columns of the events list. On narrow screens the first four stand two by two. */
export function eventColumns(sourceName: NameOf): Column<Event>[] {
  return [
    {
      key: 'type',
      header: 'Type',
      width: 'minmax(180px, 2.4fr)',
      cell: (event) => <RowLink to={paths.event(event.id)}>{event.type}</RowLink>,
    },
    {
      key: 'status',
      header: 'Status',
      width: '112px',
      cell: (event) => <EventBadge status={event.status} />,
    },
    {
      key: 'subject',
      header: 'Subject',
      width: 'minmax(90px, 1.1fr)',
      cell: (event) => <span title={event.subject ?? undefined}>{event.subject ?? '–'}</span>,
      narrowCell: (event) => event.subject ?? sourceName(event.sourceId) ?? event.source,
    },
    {
      key: 'received',
      header: 'Received',
      width: '92px',
      cell: (event) => <Time at={event.receivedAt} />,
    },
    {
      key: 'source',
      header: 'Source',
      width: 'minmax(90px, 1fr)',
      isWideOnly: true,
      cell: (event) => sourceName(event.sourceId) ?? event.source,
    },
    {
      key: 'id',
      header: 'Event id',
      width: 'minmax(110px, 1.3fr)',
      isWideOnly: true,
      cell: (event) => <code title={event.id}>{event.eventId || shortId(event.id)}</code>,
    },
    {
      key: 'size',
      header: 'Size',
      width: '72px',
      align: 'end',
      isWideOnly: true,
      cell: (event) => formatBytes(event.sizeBytes),
    },
  ];
}
