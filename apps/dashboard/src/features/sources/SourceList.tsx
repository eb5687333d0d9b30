import type { Source } from '@signalbox/api/contract';
import { useExport } from '../../api/export-list.ts';
import { problemOf } from '../../api/problem.ts';
import { useRefusal } from '../../api/roles.ts';
import { useListSourcesQuery } from '../../api/sources.ts';
import { paths } from '../../lib/paths.ts';
import { formatRate, plural } from '../../lib/text.ts';
import { ResourceBadge } from '../../ui/Badge/StateBadge.tsx';
import { ButtonLink } from '../../ui/Button/Button.tsx';
import { NewButton } from '../../ui/Button/NewButton.tsx';
import type { Column } from '../../ui/DataTable/column.ts';
import { RowLink } from '../../ui/DataTable/RowLink.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';
import { ListScreen } from '../../ui/ListScreen/ListScreen.tsx';
import { Time } from '../../ui/Time/Time.tsx';

const COLUMNS: Column<Source>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(140px, 1.4fr)',
    cell: (source) => <RowLink to={paths.source(source.id)}>{source.name}</RowLink>,
  },
  {
    key: 'state',
    header: 'State',
    width: '100px',
    cell: (source) => <ResourceBadge state={source.state} />,
  },
  {
    key: 'description',
    header: 'Description',
    width: 'minmax(120px, 2fr)',
    cell: (source) => source.description || '–',
  },
  {
    key: 'changed',
    header: 'Changed',
    width: '92px',
    cell: (source) => <Time at={source.updatedAt} />,
  },
  {
    key: 'types',
    header: 'Event types',
    width: '110px',
    isWideOnly: true,
    cell: (source) =>
      source.allowedTypes.length === 0 ? 'all' : plural(source.allowedTypes.length, 'pattern'),
  },
  {
    key: 'schema',
    header: 'Schema policy',
    width: '110px',
    isWideOnly: true,
    cell: (source) => source.schemaPolicy,
  },
  {
    key: 'rate',
    header: 'Limit',
    width: '96px',
    align: 'end',
    isWideOnly: true,
    cell: (source) =>
      source.ratePerSecond === null ? 'default' : `${formatRate(source.ratePerSecond)}/s`,
  },
];

export function SourceList() {
  const { data = [], isLoading, error } = useListSourcesQuery(undefined);
  const refusal = useRefusal('admin');
  return (
    <ListScreen
      title="Sources"
      actions={<NewButton to={paths.newSource} label="New source" refusal={refusal} />}
      exported={useExport('/v1/sources')}
      problem={problemOf(error)}
      rows={data}
      rowKey={(source) => source.id}
      rowLink={(source) => paths.source(source.id)}
      columns={COLUMNS}
      isLoading={isLoading}
      empty={
        <EmptyState
          title="No sources yet"
          action={
            refusal === null && (
              <ButtonLink look="primary" to={paths.newSource}>
                Make a source
              </ButtonLink>
            )
          }
        >
          <p>A source is an application that sends events. It gets its own key and limits.</p>
        </EmptyState>
      }
    />
  );
}
