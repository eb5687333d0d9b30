import type { EventType } from '@signalbox/api/contract';
import { useListEventTypesQuery } from '../../api/event-types.ts';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/Badge/Badge.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const COLUMNS: Column<EventType>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(180px, 1.6fr)',
    cell: (type) => <RowLink to={paths.eventType(type.name)}>{type.name}</RowLink>,
  },
  {
    key: 'schema',
    header: 'Schema',
    width: '120px',
    cell: (type) => {
      const newest = type.schemas.at(-1);
      return newest === undefined ? (
        <Badge tone="quiet">No schema</Badge>
      ) : (
        <Badge tone="good">Version {newest.version}</Badge>
      );
    },
  },
  {
    key: 'description',
    header: 'Description',
    width: 'minmax(120px, 2fr)',
    cell: (type) => type.description || (type.registered ? '–' : 'seen on events, not registered'),
  },
  {
    key: 'last',
    header: 'Last seen',
    width: '92px',
    cell: (type) => (type.lastSeenAt === null ? 'never' : <Time at={type.lastSeenAt} />),
  },
  {
    key: 'first',
    header: 'First seen',
    width: '92px',
    isWideOnly: true,
    cell: (type) => (type.firstSeenAt === null ? 'never' : <Time at={type.firstSeenAt} />),
  },
];

export function EventTypeList() {
  const { data = [], isLoading, error } = useListEventTypesQuery(undefined);
  const refusal = useRefusal('admin');
  const exported = useExport('/v1/event-types');
  return (
    <ListScreen
      title="Event types"
      actions={<NewButton to={paths.newEventType} label="New event type" refusal={refusal} />}
      exported={exported}
      problem={problemOf(error)}
      rows={data}
      rowKey={(type) => type.name}
      rowLink={(type) => paths.eventType(type.name)}
      columns={COLUMNS}
      isLoading={isLoading}
      empty={
        <EmptyState title="No event types yet">
          <p>
            A type appears here with its first event. Give it a JSON Schema, and sources can be held
            to it.
          </p>
        </EmptyState>
      }
    />
  );
}
